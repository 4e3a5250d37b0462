import { eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { campaigns } from '#db/schema/reviews.ts';
import { mayCloseReviews } from '#lib/domain/permission.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context, PersonContext } from '#lib/operations/context.ts';
import { announceReview } from './announce-review.ts';
import { askChanges } from './ask-changes.ts';
import { type Campaign, lockCampaign, lockDue } from './lock-campaign.ts';
import { reviewersOf } from './reviewers-of.ts';
import { scheduleNext } from './schedule-next.ts';
import { settleSilence } from './settle-silence.ts';

/** Closes a campaign before its time; administrators only. @throws Refusal not_found, conflict. */
export async function closeNow(ctx: PersonContext, campaignId: string): Promise<void> {
  await change(
    ctx,
    (tx) => lockCampaign(tx, ctx, campaignId, ['open'], mayCloseReviews),
    async (tx, campaign) => ({ value: null, entries: await close(tx, campaign) }),
  );
  failPoint('close-campaign:after-commit');
}

/** Closes one whose time is over; nothing when another worker does. @returns whether it did. */
export async function closeDue(ctx: Context, campaignId: string): Promise<boolean> {
  const isClosed = await change(
    ctx,
    (tx) => lockDue(tx, campaignId, ['open'], sql`closes_at <= stint_now()`),
    async (tx, campaign) => {
      if (!campaign) return { value: false, entries: [] };
      return { value: true, entries: await close(tx, campaign) };
    },
  );
  if (isClosed) failPoint('close-campaign:after-commit');
  return isClosed;
}

/** What nobody said is settled, what was decided is asked of the Applier, and the next of the series is scheduled. */
async function close(tx: Tx, campaign: Campaign): Promise<Told[]> {
  const bySilence = await settleSilence(tx, campaign);
  await announceReview(tx, await reviewersOf(tx, campaign.id));
  const asked = await askChanges(tx, campaign);
  await tx
    .update(campaigns)
    .set({
      status: asked.waiting + asked.held > 0 ? 'applying' : 'closed',
      closedAt: sql`stint_now()`,
      version: sql`${campaigns.version} + 1`,
    })
    .where(eq(campaigns.id, campaign.id));
  const next = await scheduleNext(tx, campaign);
  failPoint('close-campaign:before-commit');
  return [
    {
      action: 'campaign.closed',
      subject: { kind: 'campaign', id: campaign.id },
      details: { bySilence, ...asked },
    },
    ...next,
  ];
}
