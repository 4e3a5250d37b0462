import { eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { campaigns } from '#db/schema/reviews.ts';
import { daysLater } from '#lib/domain/recurrence.ts';
import { hour } from '#lib/domain/time.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context, PersonContext } from '#lib/operations/context.ts';
import { announceReview } from './announce-review.ts';
import { freeze } from './freeze.ts';
import { type Campaign, lockCampaign, lockDue } from './lock-campaign.ts';
import { tellReviewers } from './tell-reviewers.ts';

/** Opens a campaign at once. @throws Refusal not_found, conflict, no_reading. */
export async function openNow(ctx: PersonContext, campaignId: string): Promise<void> {
  await change(
    ctx,
    (tx) => lockCampaign(tx, ctx, campaignId, ['draft', 'scheduled']),
    async (tx, campaign) => ({ value: null, entries: [await open(tx, campaign)] }),
  );
  failPoint('open-campaign:after-commit');
}

/** Opens one whose moment has come; nothing when another worker does. @returns whether it did. */
export async function openDue(ctx: Context, campaignId: string): Promise<boolean> {
  const isOpened = await change(
    ctx,
    (tx) => lockDue(tx, campaignId, ['scheduled'], sql`opens_at <= stint_now()`),
    async (tx, campaign) => {
      if (!campaign) return { value: false, entries: [] };
      return { value: true, entries: [await open(tx, campaign)] };
    },
  );
  if (isOpened) failPoint('open-campaign:after-commit');
  return isOpened;
}

async function open(tx: Tx, campaign: Campaign): Promise<Told> {
  const now = await clock(tx);
  const { reviewers, ...frozen } = await freeze(tx, campaign);
  const { plan } = campaign;
  // Opened early, or long after its moment, it is still open for all of its days.
  const isOnTime = campaign.opensAt <= now && now.getTime() - campaign.opensAt.getTime() < hour;
  const opensAt = isOnTime ? campaign.opensAt : now;
  const plannedAt = campaign.status === 'scheduled' && !isOnTime ? campaign.opensAt : null;
  const closesAt = daysLater(opensAt, plan.days, plan.recurrence?.timeZone ?? 'UTC');
  const { population, orphans, readingId } = frozen;
  await tx
    .update(campaigns)
    .set({
      ...{ status: 'open', openedAt: now, opensAt, plannedAt, closesAt, population, orphans, readingId },
      version: sql`${campaigns.version} + 1`,
    })
    .where(eq(campaigns.id, campaign.id));
  await tellReviewers(tx, { ...campaign, closesAt }, 'asked_to_review');
  await announceReview(tx, reviewers);
  failPoint('open-campaign:before-commit');
  return {
    action: 'campaign.opened',
    subject: { kind: 'campaign', id: campaign.id },
    details: { ...frozen, reviewers: reviewers.length, closesAt: closesAt.toISOString() },
  };
}
