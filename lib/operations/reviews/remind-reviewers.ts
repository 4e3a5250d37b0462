import { eq, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { campaigns } from '#db/schema/reviews.ts';
import { hour } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { lockDue } from './lock-campaign.ts';
import { tellReviewers } from './tell-reviewers.ts';

/** A reminder whose day has come and that was not given; several at once are one. */
export const hasDueReminder = sql`exists (select from jsonb_array_elements(plan -> 'reminders') as r(days)
  where not campaigns.reminded @> r.days and stint_now() >= closes_at - make_interval(days => r.days::int))`;

/** Reminds those who have something left to submit: by letter, and their screens show it as pressing. @returns whether it did. */
export function remindReviewers(ctx: Context, campaignId: string): Promise<boolean> {
  return change(
    ctx,
    (tx) => lockDue(tx, campaignId, ['open'], hasDueReminder),
    async (tx, campaign) => {
      if (!campaign) return { value: false, entries: [] };
      const left = campaign.closesAt.getTime() - (await clock(tx)).getTime();
      const due = campaign.plan.reminders.filter((days) => left <= days * 24 * hour);
      await tx
        .update(campaigns)
        .set({ reminded: due, version: sql`${campaigns.version} + 1` })
        .where(eq(campaigns.id, campaign.id));
      const late = await tellReviewers(tx, campaign, 'review_reminder', String(Math.min(...due)));
      await announce(tx, late);
      return {
        value: true,
        entries: [
          {
            action: 'campaign.reminded',
            subject: { kind: 'campaign', id: campaign.id },
            details: { daysBefore: Math.min(...due), people: late.length },
          },
        ],
      };
    },
  );
}
