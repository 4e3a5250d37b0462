import { and, eq, gte, ilike, lt, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { approversOf, asRequestRow, mine, requestColumns } from './columns.ts';
import { beyond, cut, order, readCursor } from './keyset.ts';
import type { HistoryFilter, HistoryRow, Page } from './rows.ts';

const pageSize = 50;

/** Every activation the viewer may see: auditors and administrators all, others their own. Newest first. */
export async function history(
  viewer: Actor,
  filter: HistoryFilter,
  cursorText: string | null,
  size = pageSize,
): Promise<Page<HistoryRow>> {
  const cursor = readCursor(cursorText);
  const fetched = await db()
    .select({
      ...requestColumns,
      approverName: decisions.approverName,
      approved: decisions.approve,
      decidedAt: decisions.decidedAt,
      decisionJustification: decisions.justification,
    })
    .from(requests)
    .leftJoin(decisions, and(eq(decisions.requestId, requests.id), eq(decisions.state, 'recorded')))
    .where(and(visibleTo(viewer), ...matching(filter), beyond(cursor)))
    .orderBy(...order(cursor))
    .limit(size + 1);
  const page = cut(fetched, size, cursor);
  const approvers = await approversOf(page.rows);
  return {
    ...page,
    rows: page.rows.map((row) => ({ ...row, ...asRequestRow(row, approvers.get(row.id) ?? []) })),
  };
}

/** Whose rows: auditors and administrators all, others their own. */
export function visibleTo(viewer: Actor): SQL | undefined {
  return mayReadAllHistory(viewer) ? undefined : mine(viewer.objectId);
}

/** What the filter asks of `requests`. */
export function matching(filter: HistoryFilter): (SQL | undefined)[] {
  const { person, role, plane, status, from, to } = filter;
  return [
    person
      ? or(ilike(requests.requesterName, containing(person)), eq(requests.requesterId, person))
      : undefined,
    role
      ? or(ilike(requests.roleName, containing(role)), ilike(requests.scopeName, containing(role)))
      : undefined,
    plane ? eq(requests.plane, plane) : undefined,
    status ? eq(requests.status, status) : undefined,
    from ? gte(requests.filedAt, from) : undefined,
    to ? lt(requests.filedAt, to) : undefined,
  ];
}

/** What people type is text, not a pattern. */
function containing(text: string): string | SQL {
  return sql`${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}
