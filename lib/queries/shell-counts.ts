import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clockOffset } from '#db/schema/clock.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mine } from './columns.ts';

/** The numbers beside the navigation: the viewer's active roles, and what waits for their decision. One query: it is on every page. */
export async function shellCounts(viewer: Actor): Promise<{ active: number; approvals: number }> {
  const active = db()
    .select({ n: sql`count(*)::int` })
    .from(requests)
    .where(and(mine(viewer.objectId), inArray(requests.status, ['active', 'ending'])));
  const approvals = db()
    .select({ n: sql`count(*)::int` })
    .from(requestApprovers)
    .innerJoin(requests, eq(requests.id, requestApprovers.requestId))
    .where(
      and(
        eq(requestApprovers.approverId, viewer.objectId),
        eq(requests.status, 'awaiting_approval'),
        ne(requests.requesterId, viewer.objectId),
      ),
    );
  const [counts] = await db()
    .select({ active: sql<number>`(${active})`, approvals: sql<number>`(${approvals})` })
    .from(clockOffset);
  return counts ?? { active: 0, approvals: 0 };
}
