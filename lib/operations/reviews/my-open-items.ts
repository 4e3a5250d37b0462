import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { isNotOwn } from '#db/own-access.ts';
import { campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import type { Campaign } from './lock-campaign.ts';

export interface MyItem {
  item: typeof reviewItems.$inferSelect;
  /** The person's own access, or that of a group they are in: not theirs to decide, whoever asked them. */
  isOwn: boolean;
}

/**
 * Those of the items that the person is asked about, in a campaign that stays open until this transaction ends.
 * @throws Refusal not_found when none of them is theirs, review_closed.
 */
export async function myOpenItems(
  tx: Tx,
  { actor }: PersonContext,
  campaignId: string,
  itemIds: readonly string[] | 'all',
): Promise<{ campaign: Campaign; items: MyItem[] }> {
  // Whoever closes it waits for us, or we for them: then it is closed.
  const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId)).for('share');
  const items = await tx
    .select({
      item: reviewItems,
      isOwn: sql<boolean>`not (${isNotOwn(sql`review_items.principal_id`, sql`${actor.objectId}`)})`,
    })
    .from(reviewItems)
    .innerJoin(itemReviewers, eq(itemReviewers.itemId, reviewItems.id))
    .where(
      and(
        eq(itemReviewers.reviewerId, actor.objectId),
        eq(itemReviewers.campaignId, campaignId),
        isNull(itemReviewers.handedToId),
        itemIds === 'all' ? undefined : inArray(reviewItems.id, [...itemIds]),
      ),
    )
    .orderBy(reviewItems.id)
    .for('update', { of: reviewItems });
  if (!campaign || items.length === 0) throw new Refusal('not_found');
  const [{ isOver } = { isOver: true }] = await tx
    .select({ isOver: sql<boolean>`stint_now() >= ${campaigns.closesAt}` })
    .from(campaigns)
    .where(eq(campaigns.id, campaignId));
  if (campaign.status !== 'open' || isOver) throw new Refusal('review_closed');
  return { campaign, items };
}
