import { desc, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mine } from './columns.ts';

const mostCounted = 500;

/** The viewer's last requests: somebody with thousands behind them opens the page as fast as a newcomer. */
export function lastOf({ objectId }: Actor, most: number) {
  const { id, plane, roleId, scopeId, activeAt, endedAt, filedAt } = requests;
  return db()
    .select({ id, plane, roleId, scopeId, activeAt, endedAt, filedAt })
    .from(requests)
    .where(mine(objectId))
    .orderBy(desc(requests.filedAt), desc(requests.id))
    .limit(most)
    .as('last');
}

/** How often each role was used, counted over the last requests, and what the last five of them took, in minutes. */
export async function usage(viewer: Actor): Promise<Map<string, { n: number; last: Date; took: number[] }>> {
  const last = lastOf(viewer, mostCounted);
  const rows = await db()
    .select({
      plane: last.plane,
      roleId: last.roleId,
      scopeId: last.scopeId,
      n: sql<number>`count(*)::int`,
      last: sql<string>`max(${last.activeAt})`,
      took: sql<number[] | null>`(array_agg(
        greatest(1, round(extract(epoch from ${last.endedAt} - ${last.activeAt}) / 60))::int order by ${last.filedAt} desc
        ) filter (where ${last.endedAt} > ${last.activeAt}))[1:5]`,
    })
    .from(last)
    .where(isNotNull(last.activeAt))
    .groupBy(last.plane, last.roleId, last.scopeId);
  return new Map(
    rows.map(({ n, last: at, took, ...row }) => [roleKey(row), { n, last: new Date(at), took: took ?? [] }]),
  );
}
