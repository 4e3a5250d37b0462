import { inArray, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { reviewItems } from '#db/schema/reviews.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { myOpenItems } from './my-open-items.ts';

interface Submit {
  campaignId: string;
  itemIds: readonly string[] | 'all';
}

/**
 * Makes the person's drafts count. @returns how many there were.
 * @throws Refusal not_found when none of the items is theirs, review_closed.
 */
export function submitItems(ctx: PersonContext, { campaignId, itemIds }: Submit): Promise<number> {
  const { objectId } = ctx.actor;
  return change(
    ctx,
    (tx) => myOpenItems(tx, ctx, campaignId, itemIds),
    async (tx, { items }) => {
      const drafts = items
        .filter(({ item, isOwn }) => !isOwn && !item.submittedAt && item.decidedById === objectId)
        .map(({ item }) => item);
      if (drafts.length === 0) return { value: 0, entries: [] };
      const ids = drafts.map(({ id }) => id);
      // Some databases take no more than 65,535 parameters.
      for (let from = 0; from < ids.length; from += 10_000)
        await tx
          .update(reviewItems)
          .set({ submittedAt: sql`stint_now()`, version: sql`${reviewItems.version} + 1` })
          .where(inArray(reviewItems.id, ids.slice(from, from + 10_000)));
      await announce(tx, [objectId]);
      const count = (decision: string) => drafts.filter((item) => item.decision === decision).length;
      return {
        value: drafts.length,
        entries: [
          {
            action: 'review_items.submitted',
            subject: { kind: 'campaign', id: campaignId },
            details: {
              ...{ keep: count('keep'), remove: count('remove'), makeEligible: count('make_eligible') },
            },
          },
        ],
      };
    },
  );
}
