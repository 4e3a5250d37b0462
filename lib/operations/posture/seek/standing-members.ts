import { type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { effectiveMembers } from '#db/schema/posture.ts';

/** How many are in each of these groups without asking, through whatever groups; groups themselves do not count. */
export type StandingMembers = (groupIds: readonly string[]) => Promise<Map<string, number>>;

/** Of `effective_members` as `em` joined to `principals` as `p`: in it neither by an activation nor for a time. */
export const standsInGroup: SQL = sql`coalesce(p.kind, 'unknown') <> 'group' and not exists (
  select 1 from assignments joined
  where joined.principal_id = em.member_id and joined.plane = 'group' and joined.role_id = 'member'
    and joined.kind in ('activated', 'time_bound') and joined.gone_at is null
    and (joined.scope_id = em.group_id or em.through @> to_jsonb(joined.scope_id)))`;

/** Counts each group once, however often it is asked about. */
export function countStandingMembers(): StandingMembers {
  const known = new Map<string, number>();
  return async (groupIds) => {
    const missing = [...new Set(groupIds)].filter((id) => !known.has(id));
    if (missing.length > 0) {
      const rows = await db()
        .select({ groupId: sql<string>`em.group_id`, count: sql<number>`count(*)::int` })
        .from(sql`${effectiveMembers} em left join principals p on p.id = em.member_id and p.gone_at is null`)
        .where(sql`em.group_id in ${missing} and ${standsInGroup}`)
        .groupBy(sql`em.group_id`);
      for (const id of missing) known.set(id, 0);
      for (const { groupId, count } of rows) known.set(groupId, count);
    }
    return known;
  };
}
