import { sql } from 'drizzle-orm';

/** From one eligible membership to the next; nobody chains more. */
const mostSteps = 5;

/**
 * The reading of everything that `effective_members` was last spread from, or a later one: nothing is judged before it
 * is spread. A look at changes reads few groups, and says nothing of the others.
 */
const spreadFrom = sql`coalesce((select max(r.started_at) from inventory_runs r where r.kind = 'full' and r.privilege is not null), '-infinity')`;

/**
 * A change `c` that may have taken what the reading begun at `since` still shows: Azure was told of it, or it was seen
 * done, also by hand. `which`: done leaves out what is under way.
 */
export const mayHaveTaken = (which: 'all' | 'done', since = spreadFrom) => {
  const done = sql`(c.state = 'done' and coalesce(c.confirmed_at, c.acted_at) >= ${since})`;
  if (which === 'done') return done;
  return sql`(c.state in ('applying', 'confirming') or ${done}
    or (c.state in ('waiting', 'blocked') and c.progress ->> 'toldAt' is not null))`;
};

/** The group a change `c` leaves: by its way, or because the assignment is the membership. */
export const groupLeft = sql`(case when c.way = 'membership' then c.way_group_id
  when c.plane = 'group' and c.kept ->> 'roleId' = 'member' then c.kept ->> 'scopeId' end)`;

/**
 * A `with recursive` clause: `ways (group_id, member_id, through, eligible)`, everybody in a group of `starts`, or who may
 * be by activating a membership, through whichever groups (outermost first).
 */
export const groupWays = (starts: ReturnType<typeof sql>) => sql`
  edges as (
    select group_id, member_id, through, false as eligible from effective_members
    union all
    select lower(e.scope_id), e.principal_id, '[]'::jsonb, true from assignments e
    where e.plane = 'group' and e.role_id = 'member' and e.kind = 'eligible' and e.gone_at is null
      and (e.ends_at is null or e.ends_at > stint_now())
  ), ways as (
    select group_id, member_id, through, eligible, eligible as joined, 1 as steps from edges
    where group_id in (${starts})
    union all
    select w.group_id, e.member_id, w.through || to_jsonb(w.member_id) || e.through, w.eligible or e.eligible,
      e.eligible, w.steps + 1
    from ways w join edges e on e.group_id = w.member_id
    where (w.joined or e.eligible) and w.steps < ${mostSteps}
      and not w.through @> to_jsonb(e.member_id) and e.member_id <> w.group_id
  )`;
