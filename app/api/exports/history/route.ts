import { connection } from 'next/server';
import { exporting } from '#app/exporting.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { csvStream } from '#lib/export/csv.ts';
import { historyColumns } from '#lib/export/history-columns.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { history } from '#lib/queries/history.ts';
import { parseHistoryFilter } from '#lib/queries/history-filter.ts';
import type { HistoryFilter, HistoryRow } from '#lib/queries/rows.ts';

const rowsPerRead = 500;

/** The history as CSV, streamed: the same filter and the same rows as the page. That it was taken is on record. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return exporting(request, 'GET /api/exports/history', async (ctx, query) => {
    const filter = parseHistoryFilter(Object.fromEntries(query));
    await recordExport(ctx, query.toString().slice(0, 2000));
    return {
      pages: pages(ctx.actor, filter),
      stream: (rows) => csvStream(historyColumns, rows),
      type: 'text/csv; charset=utf-8',
      filename: 'stint-history.csv',
    };
  });
}

async function* pages(viewer: Actor, filter: HistoryFilter): AsyncGenerator<HistoryRow[]> {
  let cursor: string | null = null;
  do {
    const { rows, next } = await history(viewer, filter, cursor, rowsPerRead);
    yield rows;
    cursor = next;
  } while (cursor);
}
