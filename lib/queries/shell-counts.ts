import { and, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clockOffset } from '#db/schema/clock.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mine } from './columns.ts';

/**
 * The numbers beside the navigation: the viewer's active roles, what waits for their decision, and
 * what of access reviews they have not submitted (a thousand at the most). One query: it is on every page.
 */
export async function shellCounts(
  viewer: Actor,
): Promise<{ active: number; approvals: number; reviews: number }> {
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
  const asked = db()
    .select({ one: sql`1` })
    .from(campaigns)
    .innerJoin(itemReviewers, eq(itemReviewers.campaignId, campaigns.id))
    .innerJoin(reviewItems, eq(reviewItems.id, itemReviewers.itemId))
    .where(
      and(
        eq(campaigns.status, 'open'),
        eq(itemReviewers.reviewerId, viewer.objectId),
        isNull(itemReviewers.handedToId),
        isNull(reviewItems.submittedAt),
      ),
    )
    .limit(1000);
  const [counts] = await db()
    .select({
      active: sql<number>`(${active})`,
      approvals: sql<number>`(${approvals})`,
      reviews: sql<number>`(select count(*)::int from (${asked}) asked)`,
    })
    .from(clockOffset);
  return counts ?? { active: 0, approvals: 0, reviews: 0 };
}
