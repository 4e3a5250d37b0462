import { desc, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mine } from './columns.ts';

const mostCounted = 500;

/** The viewer's last requests: somebody with thousands behind them opens the page as fast as a newcomer. */
export function lastOf({ objectId }: Actor, most: number) {
  const { id, plane, roleId, scopeId, eligibleScopeId, activeAt, endedAt, filedAt } = requests;
  return db()
    .select({ id, plane, roleId, scopeId, eligibleScopeId, activeAt, endedAt, filedAt })
    .from(requests)
    .where(mine(objectId))
    .orderBy(desc(requests.filedAt), desc(requests.id))
    .limit(most)
    .as('last');
}

/**
 * How often each role was used, also at a narrower place, counted over the last requests, and what the last five of them
 * took, in minutes; by the key of what one is eligible for.
 */
export async function usage(viewer: Actor): Promise<Map<string, { n: number; last: Date; took: number[] }>> {
  const last = lastOf(viewer, mostCounted);
  const key = sql<string>`lower(${last.plane} || '|' || ${last.roleId} || '|' || coalesce(${last.eligibleScopeId}, ${last.scopeId}))`;
  const rows = await db()
    .select({
      key,
      n: sql<number>`count(*)::int`,
      last: sql<string>`max(${last.activeAt})`,
      took: sql<number[] | null>`(array_agg(
        greatest(1, round(extract(epoch from ${last.endedAt} - ${last.activeAt}) / 60))::int order by ${last.filedAt} desc
        ) filter (where ${last.endedAt} > ${last.activeAt}))[1:5]`,
    })
    .from(last)
    .where(isNotNull(last.activeAt))
    .groupBy(key);
  return new Map(
    rows.map(({ key: of, n, last: at, took }) => [of, { n, last: new Date(at), took: took ?? [] }]),
  );
}
