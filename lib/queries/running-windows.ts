import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mine } from './columns.ts';
import type { RunningWindow } from './rows.ts';

const mostWatched = 20;

/** The viewer's windows that are on, the soonest to end first: every page counts them down. */
export async function runningWindows({ objectId }: Actor): Promise<{ now: Date; windows: RunningWindow[] }> {
  const { id, plane, roleId, scopeId, roleName, scopeName, scopeKind, startsAt, endsAt } = requests;
  const rows = await db()
    .select({
      ...{ id, plane, roleId, scopeId, roleName, scopeName, scopeKind, startsAt, endsAt },
      now: sql<string | Date>`stint_now()`,
      // Only what Azure has taken on comes by itself; what waits for somebody may not, and its person is reminded.
      isFollowed: sql<boolean>`exists (
        select 1 from requests next
        where next.follows_id = requests.id and next.status in ('scheduled', 'provisioning', 'active'))`,
    })
    .from(requests)
    .where(and(mine(objectId), eq(requests.status, 'active'), gt(requests.endsAt, sql`stint_now()`)))
    .orderBy(asc(requests.endsAt))
    .limit(mostWatched);
  const [first] = rows;
  return {
    now: first ? new Date(first.now) : new Date(),
    windows: rows.flatMap(({ now, ...row }) => (row.endsAt ? [{ ...row, endsAt: row.endsAt }] : [])),
  };
}
