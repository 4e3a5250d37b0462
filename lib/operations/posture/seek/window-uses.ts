import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';

/** How long the activations of a role at a scope were active. */
interface WindowUses {
  ended: number;
  p90Minutes: number;
  longestMinutes: number;
}

/** So many of the last are looked at, of so many days: what a task takes now. */
const mostLooked = 100;
const days = 90;

/** By role key: from Stint's record and from what else the tenant's log tells, an activation in both counted once. */
export async function windowUses(roles: readonly RoleAtScope[]): Promise<Map<string, WindowUses>> {
  if (roles.length === 0) return new Map();
  const since = sql`stint_now() - make_interval(days => ${days})`;
  const values = JSON.stringify(roles.map((role) => ({ ...role, key: roleKey(role) })));
  const minutes = (from: string, to: string) =>
    sql.raw(`ceil(extract(epoch from ${to} - ${from}) / 60)::int as minutes`);
  // The hash is the one the index of requests is made of.
  const hash = sql`md5(role.plane || '|' || role."roleId" || '|' || role."scopeId")::uuid`;
  const ofRole = sql`md5(r.plane || '|' || r.role_id || '|' || r.scope_id)::uuid = ${hash}`;
  const rows = await db()
    .select({
      key: sql<string>`key`,
      ended: sql<number>`count(*)::int`,
      p90Minutes: sql<number>`percentile_disc(0.9) within group (order by minutes)`,
      longestMinutes: sql<number>`max(minutes)`,
    })
    .from(
      sql`(select role.key, used.minutes
        from jsonb_to_recordset(${values}::jsonb) as role(key text, plane text, "roleId" text, "scopeId" text),
        lateral (
          (select ${minutes('r.active_at', 'r.ended_at')} from requests r
            where ${ofRole} and r.active_at is not null and r.ended_at > r.active_at and r.filed_at > ${since}
            order by r.filed_at desc limit ${mostLooked})
          union all
          (select ${minutes('l.started_at', 'l.ended_at')} from logged_activations l
            where l.plane = role.plane and l.role_id = lower(role."roleId") and l.scope_id = lower(role."scopeId")
              and l.ended_at > l.started_at and l.started_at > ${since}
              and not exists (select 1 from requests r
                where ${ofRole} and r.requester_id = l.principal_id
                  and r.active_at between l.started_at - interval '5 minutes' and l.started_at + interval '5 minutes')
            order by l.started_at desc limit ${mostLooked})
        ) used) as windows`,
    )
    .groupBy(sql`key`);
  return new Map(rows.map(({ key, ...uses }) => [key, uses]));
}
