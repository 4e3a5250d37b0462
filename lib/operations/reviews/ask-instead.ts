import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { isNotOwn } from '#db/own-access.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { longestRationale } from '#lib/domain/review-decision.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { personCalled } from '#lib/operations/person-called.ts';
import { announceReview } from './announce-review.ts';
import { lockCampaign } from './lock-campaign.ts';
import { requireOpen } from './my-open-items.ts';
import { reviewLetter } from './tell-reviewers.ts';

interface AskInstead {
  campaignId: string;
  /** Whose items; null: those that nobody is asked about. */
  from: string | null;
  /** A user principal name or an object id. */
  to: string;
  note: string;
}

/**
 * By who runs reviews: asks somebody else about all that a reviewer has not submitted, or that nobody is asked about. Left
 * out is what would be the receiver’s own access, or is that of who hands it on. @returns how many items of each.
 * @throws Refusal not_found for who runs no reviews, conflict when it is not open, review_closed, malformed (`to`).
 */
export function askInstead(
  ctx: PersonContext,
  { campaignId, from, to, note }: AskInstead,
): Promise<{ handed: number; left: number }> {
  return change(
    ctx,
    async (tx) => {
      const campaign = await lockCampaign(tx, ctx, campaignId, ['open']);
      await requireOpen(tx, campaign);
      const receiver = await personCalled(tx, to, 'to');
      if (receiver.id === from) throw new Refusal('malformed', 'They are asked already.', 'to');
      return { campaign, receiver };
    },
    async (tx, { campaign, receiver }) => {
      const moved = await move(tx, ctx, { campaignId, from, receiver });
      if (moved.handed === 0) return { value: moved, entries: [] };
      const text = note.trim().slice(0, longestRationale);
      const more = { count: moved.handed, byName: ctx.actor.name, ...(text && { text }) };
      await tell(tx, [reviewLetter(campaign, 'review_handed_on', receiver.id, randomUUID(), more)]);
      await announceReview(tx, [receiver.id, ...(from ? [from] : [])]);
      return {
        value: moved,
        entries: [
          {
            action: 'campaign.asked_instead',
            subject: { kind: 'campaign', id: campaignId },
            details: { from, to: receiver.id, ...moved, note: text },
          },
        ],
      };
    },
  );
}

interface Move {
  campaignId: string;
  from: string | null;
  receiver: { id: string; name: string };
}

async function move(
  tx: Tx,
  { actor }: PersonContext,
  { campaignId, from, receiver }: Move,
): Promise<{ handed: number; left: number }> {
  const asked = sql`select from item_reviewers r where r.item_id = i.id and r.handed_to_id is null`;
  const result = await tx.execute(sql`
    with open_items as materialized (
      select i.id, ${isNotOwn(sql`i.principal_id`, sql`${receiver.id}`)}
        and ${isNotOwn(sql`i.principal_id`, sql`${actor.objectId}`)} as free
      from review_items i where i.campaign_id = ${campaignId} and i.submitted_at is null
        and ${from === null ? sql`not exists (${asked})` : sql`exists (${asked} and r.reviewer_id = ${from})`}
    ), relieved as (
      update item_reviewers r set handed_to_id = ${receiver.id}, handed_at = stint_now()
      from open_items i where i.free and r.item_id = i.id and r.reviewer_id = ${from}::text
    ), given as (
      insert into item_reviewers (item_id, campaign_id, reviewer_id, reviewer_name, rule)
      select id, ${campaignId}::uuid, ${receiver.id}, ${receiver.name}, 'handed_on' from open_items where free
      -- It comes back to somebody who had handed it on.
      on conflict (item_id, reviewer_id) do update set handed_to_id = null, handed_at = null
    )
    select count(*) filter (where free)::int as handed, count(*) filter (where not free)::int as left from open_items`);
  const [counts] = (result as unknown as { rows: { handed: number; left: number }[] }).rows;
  return counts ?? { handed: 0, left: 0 };
}
