import { inArray, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import type { RoleLately } from './approval-rows.ts';

const days = 90;
/** So many of the newest are counted of a role: one that is asked for all day is as quick to tell of as another. */
const mostCounted = 500;

type Found = RoleAtScope &
  Omit<RoleLately, 'isMore' | 'last'> & {
    last: { at: string; personName: string; minutes: number } | string | null;
  };

/**
 * What became of asks for the roles of these requests at their scopes in the last 90 days, as Stint saw them, and of
 * whoever is eligible there, as the last reading of the tenant had it. What still waits is not counted.
 */
export async function roleLately(
  requestIds: readonly string[],
): Promise<(role: RoleAtScope) => RoleLately | null> {
  if (requestIds.length === 0) return () => null;
  const took = sql`greatest(1, round(extract(epoch from ended_at - active_at) / 60))::int`;
  const isOver = sql`active_at is not null and ended_at is not null`;
  const result = await db().execute(sql`
    with roles as (
      select distinct plane, role_id, scope_id from requests where ${inArray(sql`id`, [...requestIds])})
    select roles.plane, roles.role_id as "roleId", roles.scope_id as "scopeId", past.*, able.*
    from roles, lateral (
      select count(*)::int as asks, count(active_at)::int as activated,
        count(*) filter (where status = 'denied')::int as denied,
        count(distinct requester_id) filter (where active_at is not null)::int as people,
        percentile_disc(0.5) within group (order by ${took}) filter (where ${isOver}) as "usualMinutes",
        coalesce(sum(extract(epoch from ends_at - starts_at) / 60) filter (where ${isOver} and ends_at > starts_at), 0)::int
          as "grantedMinutes",
        coalesce(sum(${took}) filter (where ${isOver} and ends_at > starts_at), 0)::int as "usedMinutes",
        (array_agg(jsonb_build_object('at', active_at, 'personName', requester_name,
          'minutes', case when ended_at is null then minutes else ${took} end) order by active_at desc)
          filter (where active_at is not null))[1] as last
      from (
        select * from requests same
        where md5(same.plane || '|' || same.role_id || '|' || same.scope_id)::uuid
            = md5(roles.plane || '|' || roles.role_id || '|' || roles.scope_id)::uuid
          and same.filed_at > stint_now() - make_interval(days => ${days})
          and same.status not in ('awaiting_signatures', 'awaiting_approval')
        order by same.filed_at desc, same.id desc limit ${mostCounted}) newest) past,
    lateral (
      select nullif(count(distinct p.id), 0)::int as eligible,
        count(distinct p.id) filter (where exists (
          select 1 from requests had where had.requester_id = p.id and had.active_at is not null
            and had.plane = roles.plane and had.role_id = roles.role_id
            and lower(had.scope_id) = lower(roles.scope_id)
            and had.filed_at > stint_now() - make_interval(days => ${days})))::int as "eligibleActivated"
      from assignments a left join effective_members m on m.group_id = a.principal_id
        join principals p on p.id = coalesce(m.member_id, a.principal_id)
      where a.kind = 'eligible' and a.gone_at is null and a.plane = roles.plane and a.role_id = roles.role_id
        and lower(a.scope_id) = lower(roles.scope_id)
        and p.kind in ('member', 'guest') and p.gone_at is null) able`);
  const rows = (result as unknown as { rows: Found[] }).rows;
  const known = new Map(rows.map((row) => [roleKey(row), asLately(row)]));
  return (role) => known.get(roleKey(role)) ?? null;
}

function asLately({ plane: _, roleId: __, scopeId: ___, last: text, ...counted }: Found): RoleLately {
  // One database answers JSON as it is, the other as text.
  const last = typeof text === 'string' ? (JSON.parse(text) as Exclude<Found['last'], string>) : text;
  return {
    ...counted,
    isMore: counted.asks >= mostCounted,
    last: last && { ...last, at: new Date(last.at) },
  };
}
