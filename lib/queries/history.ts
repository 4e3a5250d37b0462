import { and, eq, ilike, or, type SQL } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { approversOf, asRequestRow, mine, requestColumns } from './columns.ts';
import { containing } from './containing.ts';
import { narrowest, readings, type Stream } from './history-streams.ts';
import { type Cursor, cut, order, type Place, readCursor } from './keyset.ts';
import type { HistoryFilter, HistoryRow, Page } from './rows.ts';
import { signersOf } from './signers-of.ts';
import { ticketsOf } from './tickets-of.ts';

const pageSize = 50;
/** Rows read for one page at the most, whatever the filter. */
const mostRead = 4_000;

/**
 * Every activation the viewer may see: auditors and administrators all, others their own. Newest first. The rows
 * are read along the index that fits the filter best, and no more than some thousands for a page: where the rest
 * of a filter leaves few of them, a page is short, and its `next` goes on where the reading stopped.
 */
export async function history(
  viewer: Actor,
  filter: HistoryFilter,
  cursorText: string | null,
  size = pageSize,
): Promise<Page<HistoryRow>> {
  const cursor = readCursor(cursorText);
  const stream = await narrowest(viewer, filter);
  if (!stream) return { rows: [], next: null, previous: null, searchedTo: null };
  const rest = and(...matching(stream.left));
  const most = rest ? mostRead : size + 1;
  const read = readings(stream, filter, cursor, most);
  const fetched = await db()
    .select({
      ...requestColumns,
      approverName: decisions.approverName,
      approved: decisions.approve,
      decidedAt: decisions.decidedAt,
      decisionJustification: decisions.justification,
      bypassedAt: requests.bypassedAt,
    })
    .from(read)
    .leftJoin(decisions, and(eq(decisions.requestId, requests.id), eq(decisions.state, 'recorded')))
    .where(rest)
    .orderBy(...order(cursor))
    .limit(size + 1);
  const stopped = rest && fetched.length <= size ? await lastRead(stream, filter, cursor) : null;
  const page = cut(fetched, size, cursor, stopped);
  const [approvers, ticketOf, signedBy] = await Promise.all([
    approversOf(page.rows),
    ticketsOf(page.rows.map(({ id }) => id)),
    signersOf(page.rows.map(({ id }) => id)),
  ]);
  return {
    ...page,
    rows: page.rows.map((row) => ({
      ...row,
      // Without a decision in PIM it is who signed in Stint.
      ...(row.approverName === null && signedBy(row.id)),
      ...asRequestRow(row, approvers.get(row.id) ?? []),
      ticket: ticketOf(row.id),
    })),
  };
}

/** Where the reading stopped before the record's end; null when it came to its end. */
async function lastRead(stream: Stream, filter: HistoryFilter, cursor: Cursor | null): Promise<Place | null> {
  const [last] = await db()
    .select({ filedAt: requests.filedAt, id: requests.id })
    .from(readings(stream, filter, cursor, mostRead))
    .orderBy(...order(cursor))
    .offset(mostRead - 1)
    .limit(1);
  return last ?? null;
}

/** Whose rows: auditors and administrators all, others their own. */
export function visibleTo(viewer: Actor): SQL | undefined {
  return mayReadAllHistory(viewer) ? undefined : mine(viewer.objectId);
}

/** What the filter asks of `requests`, but for its dates. */
export function matching({ person, role, plane, status }: HistoryFilter): SQL[] {
  return [
    person
      ? or(ilike(requests.requesterName, containing(person)), eq(requests.requesterId, person))
      : undefined,
    role
      ? or(ilike(requests.roleName, containing(role)), ilike(requests.scopeName, containing(role)))
      : undefined,
    plane ? eq(requests.plane, plane) : undefined,
    status ? eq(requests.status, status) : undefined,
  ].filter((condition) => condition !== undefined);
}
