import { randomUUID } from 'node:crypto';
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { isNotOwn } from '#db/own-access.ts';
import { itemReviewers, reviewItems } from '#db/schema/reviews.ts';
import { mostAtOnce } from '#lib/domain/campaign-plan.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { longestRationale } from '#lib/domain/review-decision.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { personCalled } from '#lib/operations/person-called.ts';
import { announceReview } from './announce-review.ts';
import type { Refused } from './decide-items.ts';
import { myOpenItems } from './my-open-items.ts';
import { reviewLetter } from './tell-reviewers.ts';

interface HandOn {
  campaignId: string;
  itemIds: readonly string[];
  /** A user principal name or an object id. */
  to: string;
  note: string;
}

/**
 * “Not mine”: somebody else is asked instead, who then sees the item; neither by nor to whoever it would benefit.
 * @throws Refusal not_found when none of the items is theirs, review_closed, malformed (`to`: nobody is called so).
 */
export function handOn(
  ctx: PersonContext,
  { campaignId, itemIds, to, note }: HandOn,
): Promise<{ handed: string[]; refused: Refused[] }> {
  return change(
    ctx,
    async (tx) => {
      if (itemIds.length === 0 || itemIds.length > mostAtOnce)
        throw new Refusal('malformed', `Hand on 1 to ${mostAtOnce} items at once.`);
      const mine = await myOpenItems(tx, ctx, campaignId, itemIds);
      return { ...mine, receiver: await receiverOf(tx, to, ctx) };
    },
    async (tx, { campaign, items, receiver }) => {
      // Who may not decide it chooses nobody who does.
      const mine = items.filter(({ isOwn }) => !isOwn).map(({ item }) => item.id);
      const free = await tx
        .select({ id: reviewItems.id })
        .from(reviewItems)
        .where(
          and(inArray(reviewItems.id, mine), isNotOwn(sql`review_items.principal_id`, sql`${receiver.id}`)),
        );
      const handed = free.map(({ id }) => id);
      const asked = new Set(items.map(({ item }) => item.id));
      const refused = itemIds
        .filter((id) => !handed.includes(id))
        .map((id) => {
          const no = !asked.has(id)
            ? new Refusal('not_found')
            : mine.includes(id)
              ? new Refusal('own_access', `${receiver.name} would decide on their own access.`)
              : new Refusal('own_access');
          return { id, code: no.code, message: no.message };
        });
      if (handed.length === 0) return { value: { handed, refused }, entries: [] };
      await give(tx, ctx, campaignId, handed, receiver);
      const text = note.trim().slice(0, longestRationale);
      const more = { count: handed.length, byName: ctx.actor.name, ...(text && { text }) };
      await tell(tx, [reviewLetter(campaign, 'review_handed_on', receiver.id, randomUUID(), more)]);
      await announceReview(tx, [ctx.actor.objectId, receiver.id]);
      return {
        value: { handed, refused },
        entries: handed.map((id) => ({
          action: 'review_item.handed_on',
          subject: { kind: 'review_item', id },
          details: { campaign: campaignId, to: receiver.id, note: text },
        })),
      };
    },
  );
}

async function receiverOf(tx: Tx, to: string, { actor }: PersonContext) {
  const one = await personCalled(tx, to, 'to');
  if (one.id === actor.objectId) throw new Refusal('malformed', 'That is you.', 'to');
  return one;
}

async function give(
  tx: Tx,
  { actor }: PersonContext,
  campaignId: string,
  itemIds: string[],
  receiver: { id: string; name: string },
): Promise<void> {
  await tx
    .update(itemReviewers)
    .set({ handedToId: receiver.id, handedAt: sql`stint_now()` })
    .where(and(eq(itemReviewers.reviewerId, actor.objectId), inArray(itemReviewers.itemId, itemIds)));
  const asked = { campaignId, reviewerId: receiver.id, reviewerName: receiver.name };
  await tx
    .insert(itemReviewers)
    .values(itemIds.map((itemId) => ({ itemId, ...asked, rule: 'handed_on' as const })))
    // It comes back to somebody who had handed it on.
    .onConflictDoUpdate({
      target: [itemReviewers.itemId, itemReviewers.reviewerId],
      set: { handedToId: null, handedAt: null },
    });
}
