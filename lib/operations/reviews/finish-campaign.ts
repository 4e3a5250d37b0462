import { eq, sql } from 'drizzle-orm';
import { campaigns } from '#db/schema/reviews.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { announceReview } from './announce-review.ts';
import { lockDue } from './lock-campaign.ts';

/** All of its changes are at an end: done, refused or not wanted any more. */
export const isApplied = sql`not exists (select from access_changes c where c.campaign_id = campaigns.id
  and c.undoes_id is null and c.state not in ('done', 'refused', 'withdrawn'))`;

/** Ends a campaign whose decisions are all carried out. @returns whether it did. */
export function finishCampaign(ctx: Context, campaignId: string): Promise<boolean> {
  return change(
    ctx,
    (tx) => lockDue(tx, campaignId, ['applying'], isApplied),
    async (tx, campaign) => {
      if (!campaign) return { value: false, entries: [] };
      await tx
        .update(campaigns)
        .set({ status: 'closed', version: sql`${campaigns.version} + 1` })
        .where(eq(campaigns.id, campaign.id));
      await announceReview(tx);
      const counted = await tx.execute(sql`select state, count(*)::int as count from access_changes
        where campaign_id = ${campaign.id} and undoes_id is null group by state`);
      const { rows } = counted as unknown as { rows: { state: string; count: number }[] };
      const details = Object.fromEntries(rows.map(({ state, count }) => [state, count]));
      return {
        value: true,
        entries: [{ action: 'campaign.applied', subject: { kind: 'campaign', id: campaign.id }, details }],
      };
    },
  );
}
