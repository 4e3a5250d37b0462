import { type SQL, sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import type { Context } from '#lib/operations/context.ts';

/** So many people's activations are counted by one statement: a history of millions is never sorted at once. */
const peopleAtOnce = 500;
/** Two activations of a role begin at least PIM's five minutes apart; two sources tell of one within less than these. */
const sameWithinMinutes = 3;

/**
 * Makes `uses` anew, person by person and then for the groups they are in: how often, when last, and for how long of
 * what was granted each eligible role was active. An activation that both Stint and the tenant's log know counts once.
 */
export async function tallyUses(ctx: Context): Promise<void> {
  const active = await db().execute(sql`
    select requester_id as id from requester_names union select principal_id from use_events order by id`);
  const people = (active as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
  for (let at = 0; at < people.length; at += peopleAtOnce) {
    const some = people.slice(at, at + peopleAtOnce);
    await keep(ctx, ofPeople(some), sql`known.principal_id in ${some}`);
  }
  await keep(ctx, ofGroups, sql`exists (select 1 from memberships m where m.group_id = known.principal_id)`);
}

/** Makes the rows of these principals what was counted, and lets go of the others. */
async function keep(ctx: Context, counted: SQL, ofThese: SQL): Promise<void> {
  const tally = sql`(known.count, known.last_at, known.active_minutes, known.granted_minutes)`;
  await transaction(async (tx) => {
    ctx.requireHold?.();
    await tx.execute(sql`
      with counted as (${counted}),
      over as (
        delete from uses known where ${ofThese} and not exists (
          select 1 from counted c where c.principal_id = known.principal_id and c.plane = known.plane
            and c.role_id = known.role_id and c.scope_id = known.scope_id))
      insert into uses as known (principal_id, plane, role_id, scope_id, count, last_at, active_minutes, granted_minutes)
      select principal_id, plane, role_id, scope_id, count, last_at, active_minutes, granted_minutes from counted
      on conflict (principal_id, plane, role_id, scope_id) do update set
        count = excluded.count, last_at = excluded.last_at,
        active_minutes = excluded.active_minutes, granted_minutes = excluded.granted_minutes
      where ${tally} is distinct from
        (excluded.count, excluded.last_at, excluded.active_minutes, excluded.granted_minutes)`);
  });
}

const sums = sql`coalesce(sum(active_minutes), 0)::int as active_minutes, coalesce(sum(granted_minutes), 0)::int as granted_minutes`;

/**
 * A beginning within minutes of another of the same role is the same one. It ended when either source says so, at the
 * latest when it was granted until; while it lasts, its minutes are not known.
 */
function ofPeople(people: readonly string[]): SQL {
  const key = sql`principal_id, plane, role_id, scope_id`;
  return sql`
    with recursive above as (
      select id as place, parent_id as ancestor from scope_tree where gone_at is null
      union
      select above.place, further.parent_id
      from above join scope_tree further on further.id = above.ancestor and further.gone_at is null),
    begun as (
      select requester_id as principal_id, plane, lower(role_id) as role_id, lower(scope_id) as scope_id,
        coalesce(starts_at, active_at) as at, ends_at as until_at, ended_at
      from requests where requester_id in ${people} and active_at is not null
      union all
      select ${key}, at, until_at, null from use_events where principal_id in ${people} and what = 'begun'),
    marked as (
      select *, at > lag(at) over role + make_interval(mins => ${sameWithinMinutes}) as another
      from begun window role as (partition by ${key} order by at)),
    numbered as (
      select *, count(*) filter (where another) over (partition by ${key} order by at) as n from marked),
    activations as (
      select ${key}, min(at) as at, max(until_at) as until_at, max(ended_at) as ended_at,
        lead(min(at)) over (partition by ${key} order by min(at)) as next_at
      from numbered group by ${key}, n),
    -- Once each: drawn into what follows, the end would be looked for three times.
    ended as materialized (
      select ${key}, at, until_at, least(ended_at, (
        select min(told.at) from use_events told
        where told.principal_id = a.principal_id and told.plane = a.plane and told.role_id = a.role_id
          and told.scope_id = a.scope_id and told.what = 'ended' and told.at > a.at
          and (a.next_at is null or told.at <= a.next_at))) as ended_at
      from activations a where at <= stint_now()),
    measured as (
      select ${key}, at, coalesce(substring(scope_id from '^/subscriptions/[^/]+'), scope_id) as home,
        case when is_over then extract(epoch from least(ended_at, until_at) - at) / 60 end as active_minutes,
        case when is_over then extract(epoch from until_at - at) / 60 end as granted_minutes
      from (select *, until_at is not null and (ended_at is not null or until_at <= stint_now()) as is_over
        from ended) known),
    eligible as (
      select own.principal_id, own.plane, lower(own.role_id) as role_id, lower(own.scope_id) as scope_id, own.scope_kind
      from assignments own where own.principal_id in ${people} and own.kind = 'eligible' and own.gone_at is null
      union
      select member.member_id, theirs.plane, lower(theirs.role_id), lower(theirs.scope_id), theirs.scope_kind
      from effective_members member join assignments theirs on theirs.principal_id = member.group_id
      where member.member_id in ${people} and theirs.kind = 'eligible' and theirs.gone_at is null)
    select eligible.principal_id, eligible.plane, eligible.role_id, eligible.scope_id,
      count(*)::int as count, max(at) as last_at, ${sums}
    from eligible join measured used
      on used.principal_id = eligible.principal_id and used.plane = eligible.plane and used.role_id = eligible.role_id
      and (used.scope_id = eligible.scope_id or (eligible.plane = 'azure' and (
        starts_with(used.scope_id, eligible.scope_id || '/') or eligible.scope_id = '/'
        or (eligible.scope_kind = 'management_group' and (
          exists (select from above where above.place = used.home and above.ancestor = eligible.scope_id)
          -- Where it is not known what lies above a place: rather counted than called never used.
          or not exists (select from above where used.home in (above.place, above.ancestor)))))))
    group by eligible.principal_id, eligible.plane, eligible.role_id, eligible.scope_id`;
}

/**
 * What people did is the use of the group they could do it through. Groups in it are not people. Who leaves takes nothing
 * of it away: what was counted once stays for as long as the group may activate the role.
 */
const ofGroups = sql`
  with own as (
    select distinct principal_id, plane, lower(role_id) as role_id, lower(scope_id) as scope_id
    from assignments where kind = 'eligible' and gone_at is null),
  present as (
  select own.principal_id, own.plane, own.role_id, own.scope_id,
    sum(used.count)::int as count, max(used.last_at) as last_at, ${sums}
  from own join effective_members member on member.group_id = own.principal_id
  join uses used on used.principal_id = member.member_id and used.plane = own.plane
    and used.role_id = own.role_id and used.scope_id = own.scope_id
  where not exists (select 1 from effective_members inner_group where inner_group.group_id = member.member_id)
  group by own.principal_id, own.plane, own.role_id, own.scope_id),
  before as (
    select uses.* from uses join own using (principal_id, plane, role_id, scope_id)
    where exists (select 1 from memberships m where m.group_id = uses.principal_id))
  select principal_id, plane, role_id, scope_id, greatest(present.count, before.count) as count,
    greatest(present.last_at, before.last_at) as last_at,
    greatest(present.active_minutes, before.active_minutes) as active_minutes,
    greatest(present.granted_minutes, before.granted_minutes) as granted_minutes
  from present full join before using (principal_id, plane, role_id, scope_id)`;
