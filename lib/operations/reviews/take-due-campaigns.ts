import { type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { campaigns } from '#db/schema/reviews.ts';
import { asJob, type Context } from '#lib/operations/context.ts';
import { closeDue } from './close-campaign.ts';
import { finishCampaign, isApplied } from './finish-campaign.ts';
import { openDue } from './open-campaign.ts';
import { hasDueReminder, remindReviewers } from './remind-reviewers.ts';

/**
 * What time or the Applier brings about; a campaign cannot open before the tenant was read to its end, and what that
 * means is known.
 */
const rounds: { due: SQL; does(ctx: Context, campaignId: string): Promise<boolean> }[] = [
  {
    due: sql`status = 'scheduled' and opens_at <= stint_now()
      and exists (select from inventory_runs
        where kind = 'full' and finished_at is not null and privilege is not null)`,
    does: openDue,
  },
  { due: sql`status = 'open' and closes_at <= stint_now()`, does: closeDue },
  { due: sql`status = 'open' and ${hasDueReminder}`, does: remindReviewers },
  { due: sql`status = 'applying' and ${isApplied}`, does: finishCampaign },
];

/**
 * Opens, reminds, closes and ends what is due: each once, on any number of workers. One that fails is due again the
 * next time, and keeps no other from its turn. @returns how many moved.
 */
export async function takeDueCampaigns(traceId: () => string): Promise<number> {
  let moved = 0;
  const failures: unknown[] = [];
  for (const { due, does } of rounds) {
    const found = await db().select({ id: campaigns.id }).from(campaigns).where(due).limit(20);
    for (const { id } of found) {
      try {
        if (await does(asJob('reviews', traceId()), id)) moved += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Campaigns that could not be moved.');
  return moved;
}
