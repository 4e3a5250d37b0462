import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { changeWays } from '#lib/domain/access-change.ts';
import { type ItemDecision, itemDecisions } from '#lib/domain/campaign.ts';
import { bySilence } from '#lib/domain/review-decision.ts';
import type { Campaign } from './lock-campaign.ts';

/** Decides what nobody submitted, as the plan says; a draft is silence, too. @returns how many of each. */
export async function settleSilence(
  tx: Tx,
  { id, plan }: Campaign,
): Promise<Partial<Record<ItemDecision, number>>> {
  const verdicts = itemDecisions.flatMap((recommendation) =>
    changeWays.flatMap((way) =>
      [true, false].map((isBreakGlass) => ({
        ...{ recommendation, way, break_glass: isBreakGlass },
        decision: bySilence(plan.silence, { recommendation, way, isBreakGlass }),
      })),
    ),
  );
  const result = await tx.execute(sql`
    with settled as (
      update review_items item set decision = v.decision, by_silence = true, rationale = '', decided_by_id = null,
        decided_by_name = null, decided_at = stint_now(), version = version + 1
      from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
        as v(recommendation text, way text, break_glass boolean, decision text)
      where item.campaign_id = ${id} and item.submitted_at is null and v.recommendation = item.recommendation and v.way = item.way
        and v.break_glass = exists (select from break_glass_accounts b where b.principal_id = item.principal_id)
      returning item.decision)
    select decision, count(*)::int as count from settled group by decision`);
  const { rows } = result as unknown as { rows: { decision: ItemDecision; count: number }[] };
  return Object.fromEntries(rows.map(({ decision, count }) => [decision, count]));
}
