import { eq, sql } from 'drizzle-orm';
import { campaigns } from '#db/schema/reviews.ts';
import { mayCloseReviews } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { announceReview } from './announce-review.ts';
import { lockCampaign } from './lock-campaign.ts';
import { reviewersOf } from './reviewers-of.ts';

/**
 * Ends a campaign without consequence: nothing is applied, and its series goes on no further. One that is open voids what
 * was decided: as for closing it early, that is an administrator's.
 * @throws Refusal.
 */
export async function cancelCampaign(ctx: PersonContext, campaignId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const campaign = await lockCampaign(tx, ctx, campaignId, ['draft', 'scheduled', 'open']);
      if (campaign.status === 'open' && !mayCloseReviews(ctx.actor)) throw new Refusal('not_found');
      return campaign;
    },
    async (tx, campaign) => {
      await tx
        .update(campaigns)
        .set({ status: 'cancelled', closedAt: sql`stint_now()`, version: sql`${campaigns.version} + 1` })
        .where(eq(campaigns.id, campaign.id));
      await announceReview(tx, await reviewersOf(tx, campaign.id));
      return {
        value: null,
        entries: [
          {
            action: 'campaign.cancelled',
            subject: { kind: 'campaign', id: campaign.id },
            details: { from: campaign.status },
          },
        ],
      };
    },
  );
}
