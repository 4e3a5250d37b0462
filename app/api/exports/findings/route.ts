import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { findingColumns } from '#lib/export/finding-columns.ts';
import { isLineFormat, lineFormats } from '#lib/export/line.ts';
import { headed } from '#lib/export/lines.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { parseFindingFilter } from '#lib/queries/finding-filter.ts';
import { findingLines } from '#lib/queries/finding-lines.ts';

const id = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;

/**
 * The findings as CSV or, with `?format=jsonl`, as JSON lines: those of the page under the same filter. `?after=` a
 * finding's id goes on after it. That it was taken is on record.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/findings', async (ctx, { query, signal }) => {
    const format = query.get('format') ?? 'csv';
    if (!isLineFormat(format)) throw new Refusal('malformed', 'The format is csv or jsonl.', 'format');
    const after = query.get('after');
    if (after !== null && !id.test(after)) {
      throw new Refusal(
        'malformed',
        '“after” names no finding. Give it as the last complete line has it.',
        'after',
      );
    }
    const { type, heading, line } = lineFormats[format];
    const filter = parseFindingFilter(Object.fromEntries(query));
    const lines = findingLines(ctx.actor, { filter, after }, line(findingColumns), signal);
    await recordExport(ctx, { of: 'findings', what: format, query: query.toString(), after });
    return {
      // Who goes on has the heading already.
      lines: headed(after === null ? heading(findingColumns) : '', lines),
      type,
      filename: `stint-findings.${format}`,
    };
  });
}
