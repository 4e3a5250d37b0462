import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';

/** How long the activations of a role at a scope were active. */
interface WindowUses {
  ended: number;
  usualMinutes: number;
  longestMinutes: number;
}

/** So many of the last are looked at, of so many days: what a task takes now. */
const mostLooked = 100;
const days = 90;
/** The record and the log tell of one activation within less than these. */
const sameWithinMinutes = 3;

/**
 * By role key. The record has every activation since Stint watches, wherever it was made; the tenant's log, and archives
 * of it, add those before.
 */
export async function windowUses(roles: readonly RoleAtScope[]): Promise<Map<string, WindowUses>> {
  if (roles.length === 0) return new Map();
  const values = JSON.stringify(roles.map((role) => ({ ...role, key: roleKey(role) })));
  const rows = await db()
    .select({
      key: sql<string>`key`,
      ended: sql<number>`count(*)::int`,
      usualMinutes: sql<number>`percentile_disc(0.9) within group (order by minutes)`,
      longestMinutes: sql<number>`max(minutes)`,
    })
    .from(
      sql`(select role.key, used.minutes
        from jsonb_to_recordset(${values}::jsonb) as role(key text, plane text, "roleId" text, "scopeId" text),
        lateral (
          select minutes from ((${recorded}) union all (${logged})) known order by at desc limit ${mostLooked}
        ) used) as windows`,
    )
    .groupBy(sql`key`);
  return new Map(rows.map(({ key, ...uses }) => [key, uses]));
}

/** The hash is the one that the index of requests is made of. */
const isOfRole = sql`md5(r.plane || '|' || r.role_id || '|' || r.scope_id)::uuid
  = md5(role.plane || '|' || role."roleId" || '|' || role."scopeId")::uuid`;

const recorded = sql`
  select r.filed_at as at, ceil(extract(epoch from r.ended_at - r.active_at) / 60)::int as minutes from requests r
  where ${isOfRole} and r.active_at is not null and r.ended_at > r.active_at
    and r.filed_at > stint_now() - make_interval(days => ${days})
  order by r.filed_at desc limit ${mostLooked}`;

const sameHolding = (one: string, other: string) =>
  sql.raw(
    ['principal_id', 'plane', 'role_id', 'scope_id']
      .map((name) => `${one}.${name} = ${other}.${name}`)
      .join(' and '),
  );

/** It ended when the log says so before its next beginning, at the latest when it was granted until. */
const logged = sql`
  select begun.at, ceil(extract(epoch from least(ended.at, begun.until_at) - begun.at) / 60)::int as minutes
  from use_events begun, lateral (
    select min(told.at) as at from use_events told
    where ${sameHolding('told', 'begun')} and told.what = 'ended' and told.at > begun.at
      and not exists (select from use_events next where ${sameHolding('next', 'begun')} and next.what = 'begun'
        and next.at > begun.at and next.at < told.at)) ended
  where begun.plane = role.plane and begun.role_id = lower(role."roleId") and begun.scope_id = lower(role."scopeId")
    and begun.what = 'begun' and begun.at > stint_now() - make_interval(days => ${days})
    and (ended.at is not null or begun.until_at <= stint_now())
    and not exists (select from requests r where ${isOfRole} and r.requester_id = begun.principal_id
      and abs(extract(epoch from coalesce(r.starts_at, r.active_at) - begun.at)) < ${sameWithinMinutes * 60})
  order by begun.at desc limit ${mostLooked}`;
