import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { CampaignStatus } from '#lib/domain/campaign.ts';
import { progressColumns } from './campaigns.ts';
import type { MyReviewRow } from './review-rows.ts';

const mostClosed = 10;

/** Campaigns in which the viewer is asked: the open ones, the next to close first, then the last closed ones. */
export async function myReviews(viewer: Actor): Promise<MyReviewRow[]> {
  const [open, closed] = await Promise.all([
    inStatus(viewer, ['open']).orderBy(asc(campaigns.closesAt)),
    inStatus(viewer, ['applying', 'closed']).orderBy(desc(campaigns.closesAt)).limit(mostClosed),
  ]);
  return [...open, ...closed].map(({ plan, reminded, ...row }) => ({
    ...row,
    silence: plan.silence,
    isReminded: row.status === 'open' && reminded.length > 0 && row.submitted < row.items,
  }));
}

function inStatus({ objectId }: Actor, statuses: CampaignStatus[]) {
  return db()
    .select({
      ...{ id: campaigns.id, name: campaigns.name, status: campaigns.status, closesAt: campaigns.closesAt },
      ...{ plan: campaigns.plan, reminded: campaigns.reminded },
      ...progressColumns,
    })
    .from(itemReviewers)
    .innerJoin(reviewItems, eq(reviewItems.id, itemReviewers.itemId))
    .innerJoin(campaigns, eq(campaigns.id, itemReviewers.campaignId))
    .where(
      and(
        eq(itemReviewers.reviewerId, objectId),
        isNull(itemReviewers.handedToId),
        inArray(campaigns.status, statuses),
      ),
    )
    .groupBy(sql`${campaigns.id}`);
}
