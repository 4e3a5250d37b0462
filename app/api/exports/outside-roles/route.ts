import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isLineFormat, lineFormats } from '#lib/export/line.ts';
import { headed } from '#lib/export/lines.ts';
import { outsideColumns } from '#lib/export/outside-columns.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { parseOutsideFilter } from '#lib/queries/outside-filter.ts';
import { outsideLines } from '#lib/queries/outside-lines.ts';

/**
 * Privilege outside roles as CSV or, with `?format=jsonl`, as JSON lines: the rows of the page under the same filter.
 * `?after=` a line's cursor goes on after it. That it was taken is on record.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/outside-roles', async (ctx, { query, signal }) => {
    const format = query.get('format') ?? 'csv';
    if (!isLineFormat(format)) throw new Refusal('malformed', 'The format is csv or jsonl.', 'format');
    const after = query.get('after');
    const { type, heading, line } = lineFormats[format];
    const filter = parseOutsideFilter(Object.fromEntries(query));
    const lines = outsideLines(ctx.actor, { filter, after }, line(outsideColumns), signal);
    await recordExport(ctx, { of: 'outside', what: format, query: query.toString(), after });
    return {
      // Who goes on has the heading already.
      lines: headed(after === null ? heading(outsideColumns) : '', lines),
      type,
      filename: `stint-outside-roles.${format}`,
    };
  });
}
