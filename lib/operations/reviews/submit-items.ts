import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { isNotOwn } from '#db/own-access.ts';
import type { ItemDecision } from '#lib/domain/campaign.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { announceReview } from './announce-review.ts';
import { myOpenCampaign, myOpenItems } from './my-open-items.ts';

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
    async (tx) => {
      if (itemIds === 'all') await myOpenCampaign(tx, ctx, campaignId);
      else await myOpenItems(tx, ctx, campaignId, itemIds);
    },
    async (tx) => {
      const counts = await submit(tx, objectId, campaignId, itemIds);
      const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
      if (total === 0) return { value: 0, entries: [] };
      await announceReview(tx, [objectId]);
      return {
        value: total,
        entries: [
          {
            action: 'review_items.submitted',
            subject: { kind: 'campaign', id: campaignId },
            details: counts,
          },
        ],
      };
    },
  );
}

type Counts = Record<'keep' | 'remove' | 'makeEligible' | 'makeTimeBound', number>;

/** One statement, however many; in the order in which others lock them. */
async function submit(
  tx: Tx,
  objectId: string,
  campaignId: string,
  itemIds: Submit['itemIds'],
): Promise<Counts> {
  const only =
    itemIds === 'all'
      ? sql``
      : sql`and i.id in (select one::uuid from jsonb_array_elements_text(${JSON.stringify(itemIds)}::jsonb) one)`;
  const result = await tx.execute(sql`
    with drafts as materialized (
      select i.id from review_items i join item_reviewers r on r.item_id = i.id
      where r.reviewer_id = ${objectId} and r.campaign_id = ${campaignId} and r.handed_to_id is null
        and i.submitted_at is null and i.decided_by_id = ${objectId} ${only}
        and ${isNotOwn(sql`i.principal_id`, sql`${objectId}`)}
      order by i.id for update of i
    ), submitted as (
      update review_items i set submitted_at = stint_now(), version = version + 1
      from drafts where drafts.id = i.id returning i.decision)
    select decision, count(*)::int as count from submitted group by decision`);
  const { rows } = result as unknown as { rows: { decision: ItemDecision; count: number }[] };
  const of = (decision: ItemDecision) => rows.find((row) => row.decision === decision)?.count ?? 0;
  return {
    ...{ keep: of('keep'), remove: of('remove') },
    ...{ makeEligible: of('make_eligible'), makeTimeBound: of('make_time_bound') },
  };
}
