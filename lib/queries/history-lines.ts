import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { db, opened } from '#db/client.ts';
import { copyOut } from '#db/copy-out.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type Place, rowsAfter } from './export-place.ts';
import { matching, visibleTo } from './history.ts';
import { between } from './history-streams.ts';
import type { HistoryFilter } from './rows.ts';

/** The embedded database computes in this process: no more lines at a time than nobody else notices. */
const embeddedRows = 200;

/** Which rows, from where on. */
interface Part {
  filter: HistoryFilter;
  after: Place | null;
}

/**
 * The rows of `history` as lines that the database makes (`line`: SQL over `requests`, the recorded of
 * `decisions`, `request_approvals` and `ticket_checks`), oldest first: what is filed later comes last, so that a copy taken up again after any of its lines
 * equals one taken at once. From PostgreSQL in one COPY, which an abort ends.
 */
export function historyLines(
  viewer: Actor,
  part: Part,
  line: SQL,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const database = opened();
  if (database.kind === 'pglite') return embedded(viewer, part, line);
  const lines = sql`select line from ${historySelect(viewer, part, line).as('lines')}`;
  return copyOut(database.raw, lines, signal);
}

/** Ordered as the index `requests_history` is: nothing has to be sorted. */
export function historySelect(viewer: Actor, { filter, after }: Part, line: SQL) {
  return db()
    .select({ line: sql<string>`${line}`.as('line'), filedAt: requests.filedAt, id: requests.id })
    .from(requests)
    .leftJoin(decisions, and(eq(decisions.requestId, requests.id), eq(decisions.state, 'recorded')))
    .leftJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .leftJoin(ticketChecks, eq(ticketChecks.requestId, requests.id))
    .where(and(visibleTo(viewer), ...matching(filter), between(filter), after ? rowsAfter(after) : undefined))
    .orderBy(asc(requests.filedAt), asc(requests.id));
}

/** Nothing is held between two readings: the only connection is everybody's. */
async function* embedded(viewer: Actor, { filter, after }: Part, line: SQL): AsyncGenerator<Uint8Array> {
  for (let from = after; ; ) {
    const rows = await historySelect(viewer, { filter, after: from }, line).limit(embeddedRows);
    const last = rows.at(-1);
    if (!last) return;
    yield Buffer.from(rows.map(({ line: text }) => text).join(''));
    from = last;
  }
}
