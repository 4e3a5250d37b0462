import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { isNotOwn } from '#db/own-access.ts';
import { campaigns, itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import type { Campaign } from './lock-campaign.ts';

export interface MyItem {
  item: typeof reviewItems.$inferSelect;
  /** The person's own access, or that of a group they are or may be in: not theirs to decide, whoever asked them. */
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
  itemIds: readonly string[],
): Promise<{ campaign: Campaign; items: MyItem[] }> {
  const campaign = await shareCampaign(tx, campaignId);
  const items = await tx
    .select({
      item: reviewItems,
      isOwn: sql<boolean>`not (${isNotOwn(sql`review_items.principal_id`, sql`${actor.objectId}`)})`,
    })
    .from(reviewItems)
    .innerJoin(itemReviewers, eq(itemReviewers.itemId, reviewItems.id))
    .where(and(isAsked(actor, campaignId), inArray(reviewItems.id, [...itemIds])))
    .orderBy(reviewItems.id)
    .for('update', { of: reviewItems });
  if (!campaign || items.length === 0) throw new Refusal('not_found');
  await requireOpen(tx, campaign);
  return { campaign, items };
}

/**
 * The same campaign, for all of the person's items at once: however many, none is read.
 * @throws Refusal not_found when they are asked about nothing in it, review_closed.
 */
export async function myOpenCampaign(tx: Tx, { actor }: PersonContext, campaignId: string): Promise<void> {
  const campaign = await shareCampaign(tx, campaignId);
  const asked = await tx
    .select({ itemId: itemReviewers.itemId })
    .from(itemReviewers)
    .where(isAsked(actor, campaignId))
    .limit(1);
  if (!campaign || asked.length === 0) throw new Refusal('not_found');
  await requireOpen(tx, campaign);
}

/** Whoever closes it waits for us, or we for them: then it is closed. */
async function shareCampaign(tx: Tx, id: string): Promise<Campaign | undefined> {
  const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, id)).for('share');
  return campaign;
}

function isAsked({ objectId }: PersonContext['actor'], campaignId: string) {
  return and(
    eq(itemReviewers.reviewerId, objectId),
    eq(itemReviewers.campaignId, campaignId),
    isNull(itemReviewers.handedToId),
  );
}

/** @throws Refusal review_closed: also between its time and the round that closes it. */
export async function requireOpen(tx: Tx, { id, status }: Campaign): Promise<void> {
  const [{ isOver } = { isOver: true }] = await tx
    .select({ isOver: sql<boolean>`stint_now() >= ${campaigns.closesAt}` })
    .from(campaigns)
    .where(eq(campaigns.id, id));
  if (status !== 'open' || isOver) throw new Refusal('review_closed');
}
