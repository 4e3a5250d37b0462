import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { mostRemovalsAlone } from '#lib/domain/review-decision.ts';
import type { Campaign } from './lock-campaign.ts';

const keptBeside =
  'A reviewer keeps other access that the same membership gives: leaving the group takes that, too.';
const ofOnePerson = 'Nobody but who made the review decided this: a second person lets it go.';

/**
 * Puts what was decided before the Applier, each item once: at once, or held until an administrator lets it go. Held for
 * a second person are removals in bulk (more than ten) and conversions that no reviewer beside who made the plan decided:
 * what silence does was asked by them. Held, too, is leaving a group that gives what somebody keeps.
 */
export async function askChanges(tx: Tx, campaign: Campaign): Promise<{ waiting: number; held: number }> {
  const { id, plan, createdById, createdByName } = campaign;
  const result = await tx.execute(sql`
    with kept_ones as (
      select distinct way_group_id, principal_id from review_items
      where campaign_id = ${id} and way = 'membership' and decision = 'keep' and submitted_at is not null
    ), decided as (
      select *, count(*) filter (where decision = 'remove') over () > ${mostRemovalsAlone} as many,
        coalesce(decided_by_id, ${createdById}) as asker_id, case
          when way = 'membership' and (way_group_id, principal_id) in (select * from kept_ones) then ${keptBeside}
          when decision = 'make_eligible' and coalesce(decided_by_id, ${createdById}) = ${createdById}
            then ${ofOnePerson} end as objection
      from review_items where campaign_id = ${id} and decision in ('remove', 'make_eligible')
    ), asked as (
      insert into access_changes (campaign_id, item_id, verb, way, way_group_id, kept, plane, scope_id, principal_id,
        state, explanation, asked_by_id, asked_by_name, asked_at, check_at)
      select ${id}, id, decision, way, way_group_id, kept, plane, scope_id, principal_id, state, objection,
        asker_id, coalesce(decided_by_name, ${createdByName}), stint_now(),
        case state when 'waiting' then stint_now() end
      from (select *, case when ${plan.apply === 'hold'} or objection is not null or (many and decision = 'remove')
        then 'held' else 'waiting' end as state from decided) judged
      on conflict do nothing returning state)
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'held')::int as held
    from asked`);
  const [counts] = (result as unknown as { rows: { waiting: number; held: number }[] }).rows;
  return counts ?? { waiting: 0, held: 0 };
}
