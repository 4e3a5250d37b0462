import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { inventoryColumns } from '#lib/export/inventory-columns.ts';
import { isLineFormat, lineFormats } from '#lib/export/line.ts';
import { headed } from '#lib/export/lines.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { parseInventoryFilter } from '#lib/queries/inventory-filter.ts';
import { inventoryLines, readAssignmentPlace } from '#lib/queries/inventory-lines.ts';
import { knownSince } from '#lib/queries/use-coverage.ts';

/**
 * The inventory as CSV or, with `?format=jsonl`, as JSON lines, for auditors and administrators: the rows of the page
 * under the same filter. `?after=` a line's cursor goes on after it. That it was taken is on record.
 */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/inventory', async (ctx, { query, signal }) => {
    const format = query.get('format') ?? 'csv';
    if (!isLineFormat(format)) throw new Refusal('malformed', 'The format is csv or jsonl.', 'format');
    const known = await knownSince(ctx.actor);
    if (!known) throw new Refusal('not_allowed');
    const { type, heading, line } = lineFormats[format];
    const columns = inventoryColumns(known.since);
    const after = query.get('after');
    const part = {
      filter: parseInventoryFilter(Object.fromEntries(query)),
      after: after === null ? null : readAssignmentPlace(after),
    };
    await recordExport(ctx, { of: 'inventory', what: format, query: query.toString(), after });
    const lines = inventoryLines(ctx.actor, part, line(columns), signal);
    return {
      // Who goes on has the heading already.
      lines: headed(after === null ? heading(columns) : '', lines),
      type,
      filename: `stint-inventory.${format}`,
    };
  });
}
