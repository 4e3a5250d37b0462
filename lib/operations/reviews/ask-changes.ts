import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { personKey } from '#db/own-access.ts';
import { mostRemovalsAlone } from '#lib/domain/review-decision.ts';
import type { Campaign } from './lock-campaign.ts';

const keptBeside =
  'A reviewer keeps other access that the same membership gives: leaving the group takes that, too.';
const unasked = 'Nobody was asked about this: silence alone decided. A person looks at it first.';
const ofOnePerson = 'Nobody but who made the review decided this: a second person lets it go.';

/**
 * Puts what was decided before the Applier, each item once: at once, or held until an administrator lets it go. Held for
 * a second person are removals and ends in bulk (more than ten, in one review or by one person within a day) and
 * conversions that no reviewer beside who made or changed the plan decided: what silence does was asked by who made it.
 * Held, too, is leaving a group that gives what somebody keeps, and what silence decided that nobody was asked about.
 */
export async function askChanges(tx: Tx, campaign: Campaign): Promise<{ waiting: number; held: number }> {
  const { id, plan, createdById, createdByName, editorIds } = campaign;
  const makers = JSON.stringify([createdById, ...editorIds]);
  const result = await tx.execute(sql`
    with items as (
      -- What groupLeft says of one: the way to a role, or what is reviewed itself, of a group that PIM manages.
      select *, ${personKey(sql`coalesce(decided_by_id, ${createdById})`)} as asker, coalesce(decided_by_id, ${createdById}) as asker_id, case when way = 'membership' then way_group_id
        when plane = 'group' and lower(role_id) = 'member' then scope_id end as of_group
      from review_items where campaign_id = ${id}
    ), kept_ones as (
      select distinct of_group, principal_id from items
      where of_group is not null and decision = 'keep' and submitted_at is not null
    ), lately as (
      select ${personKey(sql`asked_by_id`)} as person, count(*) as removals from access_changes
      where verb in ('remove', 'make_time_bound') and asked_at > stint_now() - interval '1 day' group by 1
    ), makers as (
      select ${personKey(sql`maker.id`)} as person from jsonb_array_elements_text(${makers}::jsonb) as maker(id)
    ), decided as (
      -- An end is a removal, later.
      select items.*, decision in ('remove', 'make_time_bound') as ends,
        count(*) filter (where decision in ('remove', 'make_time_bound')) over () > ${mostRemovalsAlone}
          or count(*) filter (where decision in ('remove', 'make_time_bound')) over (partition by asker)
            + coalesce(removals, 0) > ${mostRemovalsAlone} as many,
        case
          when (of_group, principal_id) in (select * from kept_ones) then ${keptBeside}
          when decision in ('make_eligible', 'make_time_bound') and asker in (select person from makers) then ${ofOnePerson}
          when by_silence and not exists (select from item_reviewers r where r.item_id = items.id and r.handed_to_id is null)
            then ${unasked} end as objection
      from items left join lately on lately.person = asker where decision <> 'keep'
    ), asked as (
      insert into access_changes (campaign_id, item_id, verb, way, way_group_id, kept, plane, scope_id, principal_id,
        state, explanation, asked_by_id, asked_by_name, asked_at, check_at)
      select ${id}, id, decision, way, way_group_id, kept, plane, scope_id, principal_id, state, objection,
        asker_id, coalesce(decided_by_name, ${createdByName}), stint_now(),
        case state when 'waiting' then stint_now() end
      from (select *, case when ${plan.apply === 'hold'} or objection is not null or (many and ends)
        then 'held' else 'waiting' end as state from decided) judged
      on conflict do nothing returning state)
    select count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'held')::int as held
    from asked`);
  const [counts] = (result as unknown as { rows: { waiting: number; held: number }[] }).rows;
  return counts ?? { waiting: 0, held: 0 };
}
