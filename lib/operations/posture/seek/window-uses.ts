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

/** By role key, from the record: it has every activation since Stint watches, wherever it was made. */
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
      // The hash is the one that the index of requests is made of.
      sql`(select role.key, used.minutes
        from jsonb_to_recordset(${values}::jsonb) as role(key text, plane text, "roleId" text, "scopeId" text),
        lateral (
          select ceil(extract(epoch from r.ended_at - r.active_at) / 60)::int as minutes from requests r
          where md5(r.plane || '|' || r.role_id || '|' || r.scope_id)::uuid
              = md5(role.plane || '|' || role."roleId" || '|' || role."scopeId")::uuid
            and r.active_at is not null and r.ended_at > r.active_at
            and r.filed_at > stint_now() - make_interval(days => ${days})
          order by r.filed_at desc limit ${mostLooked}
        ) used) as windows`,
    )
    .groupBy(sql`key`);
  return new Map(rows.map(({ key, ...uses }) => [key, uses]));
}
