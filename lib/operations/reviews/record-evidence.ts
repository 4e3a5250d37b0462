import { eq } from 'drizzle-orm';
import { campaigns } from '#db/schema/reviews.ts';
import { mayReadReviews } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/** Puts on record who took a campaign's evidence. @throws Refusal not_found. */
export async function recordEvidence(ctx: PersonContext, campaignId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayReadReviews(ctx.actor)) throw new Refusal('not_found');
      const [campaign] = await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
      if (!campaign) throw new Refusal('not_found');
      return campaign;
    },
    async (_, { status }) => ({
      value: null,
      entries: [
        { action: 'campaign.exported', subject: { kind: 'campaign', id: campaignId }, details: { status } },
      ],
    }),
  );
}
