import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { mostRemovalsAlone } from '#lib/domain/review-decision.ts';
import type { Campaign } from './lock-campaign.ts';

/**
 * Puts what was decided before the Applier, each item once: at once, or held until an administrator lets it go. More
 * than ten removals are a bulk, and wait for a second person. What silence takes was asked by whoever made the plan.
 */
export async function askChanges(tx: Tx, campaign: Campaign): Promise<{ waiting: number; held: number }> {
  const { id, plan, createdById, createdByName } = campaign;
  const result = await tx.execute(sql`
    with decided as (
      select *, count(*) filter (where decision = 'remove') over () > ${mostRemovalsAlone} as many
      from review_items where campaign_id = ${id} and decision in ('remove', 'make_eligible')
    ), asked as (
      insert into access_changes (campaign_id, item_id, verb, way, way_group_id, kept, plane, scope_id, principal_id,
        state, asked_by_id, asked_by_name, asked_at, check_at)
      select ${id}, id, decision, way, way_group_id, kept, plane, scope_id, principal_id, state,
        coalesce(decided_by_id, ${createdById}), coalesce(decided_by_name, ${createdByName}), stint_now(),
        case state when 'waiting' then stint_now() end
      from (select *, case when ${plan.apply === 'hold'} or (many and decision = 'remove') then 'held'
        else 'waiting' end as state from decided) judged
      on conflict do nothing returning state)
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'held')::int as held
    from asked`);
  const [counts] = (result as unknown as { rows: { waiting: number; held: number }[] }).rows;
  return counts ?? { waiting: 0, held: 0 };
}
