import { and, count, eq, inArray, ne } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mine } from './columns.ts';

/** The numbers beside the navigation: the viewer's active roles, and what waits for their decision. */
export async function shellCounts(viewer: Actor): Promise<{ active: number; approvals: number }> {
  const [[active], [approvals]] = await Promise.all([
    db()
      .select({ n: count() })
      .from(requests)
      .where(and(mine(viewer.objectId), inArray(requests.status, ['active', 'ending']))),
    db()
      .select({ n: count() })
      .from(requestApprovers)
      .innerJoin(requests, eq(requests.id, requestApprovers.requestId))
      .where(
        and(
          eq(requestApprovers.approverId, viewer.objectId),
          eq(requests.status, 'awaiting_approval'),
          ne(requests.requesterId, viewer.objectId),
        ),
      ),
  ]);
  return { active: active?.n ?? 0, approvals: approvals?.n ?? 0 };
}
