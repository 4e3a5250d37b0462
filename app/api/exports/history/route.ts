import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { historyColumns } from '#lib/export/history-columns.ts';
import { isLineFormat, lineFormats } from '#lib/export/line.ts';
import { headed } from '#lib/export/lines.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { readPlace } from '#lib/queries/export-place.ts';
import { parseHistoryFilter } from '#lib/queries/history-filter.ts';
import { historyLines } from '#lib/queries/history-lines.ts';

/**
 * The history as CSV or, with `?format=jsonl`, as JSON lines: the rows of the page under the same filter, oldest first.
 * `?after=` a line's cursor goes on after it. That it was taken is on record.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/history', async (ctx, { query, signal }) => {
    const format = query.get('format') ?? 'csv';
    if (!isLineFormat(format)) throw new Refusal('malformed', 'The format is csv or jsonl.', 'format');
    const { type, heading, line } = lineFormats[format];
    const after = query.get('after');
    const part = {
      filter: parseHistoryFilter(Object.fromEntries(query)),
      after: after === null ? null : readPlace(after),
    };
    await recordExport(ctx, { what: format, query: query.toString(), after });
    const lines = historyLines(ctx.actor, part, line(historyColumns), signal);
    return {
      // Who goes on has the heading already.
      lines: headed(after === null ? heading(historyColumns) : '', lines),
      type,
      filename: `stint-history.${format}`,
    };
  });
}
