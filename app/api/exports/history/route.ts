import { connection } from 'next/server';
import { currentSession } from '#lib/auth/current-actor.ts';
import { traceOf } from '#lib/auth/trace.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { csvStream } from '#lib/export/csv.ts';
import { historyColumns } from '#lib/export/history-columns.ts';
import { asPerson } from '#lib/operations/context.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { history } from '#lib/queries/history.ts';
import { parseHistoryFilter } from '#lib/queries/history-filter.ts';
import type { HistoryFilter, HistoryRow } from '#lib/queries/rows.ts';

const rowsPerRead = 500;

/** The history as CSV, streamed: the same filter and the same rows as the page. That it was taken is on record. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  const session = await currentSession();
  if (!session) return new Response('Sign in first.', { status: 401 });
  const query = new URL(request.url).searchParams;
  const filter = parseHistoryFilter(Object.fromEntries(query));
  await recordExport(asPerson(session.actor, traceOf(request.headers)), query.toString().slice(0, 2000));
  return new Response(csvStream(historyColumns, pages(session.actor, filter)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="stint-history.csv"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
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
