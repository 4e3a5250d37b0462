import { type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';

/**
 * How many are in each of these groups without asking, through whatever groups; groups themselves do not count. null:
 * nobody is known to be, and the members of the group, or of one in it, were never read.
 */
export type StandingMembers = (groupIds: readonly string[]) => Promise<Map<string, number | null>>;

/**
 * Who stands in these groups, as `em` joined to `principals` as `p`: by any way that leads through nothing but memberships
 * without an end. The shortest way may be an activation where another stands.
 */
export function standingIn(groupIds: readonly string[]): SQL {
  return sql`(
    with recursive stands as (
      select m.group_id, m.member_id from memberships m
      where m.group_id in ${[...groupIds]} and m.member_id <> m.group_id and ${isWithoutEnd}
      union
      select s.group_id, m.member_id from stands s join memberships m on m.group_id = s.member_id
      where m.member_id <> s.group_id and ${isWithoutEnd})
    select group_id, member_id from stands) em left join principals p on p.id = em.member_id and p.gone_at is null`;
}

const isWithoutEnd = sql`m.gone_at is null and not exists (
  select 1 from assignments joined
  where joined.principal_id = m.member_id and joined.plane = 'group' and joined.role_id = 'member'
    and joined.scope_id = m.group_id and joined.kind in ('activated', 'time_bound') and joined.gone_at is null)`;

/** Of `standingIn`. */
export const isNoGroup: SQL = sql`coalesce(p.kind, 'unknown') <> 'group'`;

/** Counts each group once, however often it is asked about. */
export function countStandingMembers(): StandingMembers {
  const known = new Map<string, number | null>();
  let reading: Promise<Set<string>> | null = null;
  return async (groupIds) => {
    const missing = [...new Set(groupIds)].filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    reading ??= groupsRead();
    const read = await reading;
    const isRead = (id: string) => read.has(id.toLowerCase());
    for (const id of missing) known.set(id, isRead(id) ? 0 : null);
    const rows = await db()
      .select({
        groupId: sql<string>`em.group_id`,
        count: sql<number>`count(*) filter (where ${isNoGroup})::int`,
        groups: sql<string[]>`coalesce(array_agg(em.member_id) filter (where not ${isNoGroup}), '{}')`,
      })
      .from(standingIn(missing))
      .groupBy(sql`em.group_id`);
    for (const { groupId, count, groups } of rows) {
      const isWhole = [groupId, ...groups].every(isRead);
      known.set(groupId, count > 0 || isWhole ? count : null);
    }
    return known;
  };
}

/** Groups whose members were read, ever, as far back as is remembered. */
export async function groupsRead(): Promise<Set<string>> {
  const answer = await db().execute(sql`
    select place from inventory_parts where list = 'members' and state in ('done', 'doubted')
    union select lower(group_id) from memberships`);
  return new Set((answer as unknown as { rows: { place: string }[] }).rows.map(({ place }) => place));
}
