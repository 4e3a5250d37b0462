import { and, desc, eq, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { watches } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import type { PageAfter, WatchedRow } from './approval-rows.ts';
import { mine } from './columns.ts';
import { decidersOf } from './deciders.ts';
import { pageOf, readPlace } from './moment-cursor.ts';

const pageSize = 25;

/** What the viewer follows, the newest first, as far as its story is still open to them. */
export async function watched(viewer: Actor, after: string | null): Promise<PageAfter<WatchedRow>> {
  const place = readPlace(after);
  const me = viewer.objectId;
  const isNamed = sql`(
    exists (select 1 from request_approvers a where a.request_id = ${requests.id} and a.approver_id = ${me})
    or exists (select 1 from stage_approvers a where a.request_id = ${requests.id} and a.approver_id = ${me}))`;
  const found = await db()
    .select({ request: requests })
    .from(watches)
    .innerJoin(requests, eq(requests.id, watches.requestId))
    .where(
      and(
        eq(watches.personId, me),
        mayReadAllHistory(viewer) ? undefined : or(mine(me), isNamed),
        place
          ? sql`(${requests.filedAt}, ${requests.id}) < (${place.at}::timestamptz, ${place.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(requests.filedAt), desc(requests.id))
    .limit(pageSize + 1);
  const { rows, more } = pageOf(found, pageSize, ({ request }) => ({ at: request.filedAt, id: request.id }));
  const deciders = await decidersOf(rows.map(({ request }) => request.id));
  return {
    rows: rows.map(({ request }) => {
      const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = request;
      const { id: requestId, requesterName, status, minutes, filedAt } = request;
      return {
        ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(request) },
        ...{
          requestId,
          requesterName,
          status,
          minutes,
          filedAt,
          approvers: deciders(requestId).map(({ name }) => name),
        },
      };
    }),
    more,
  };
}
