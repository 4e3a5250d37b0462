import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { seenLately } from '#db/latest-parts.ts';

/** A way from a group to somebody in it, groups on it outermost first; `eligible`: some step of it is to be activated. */
interface Way {
  groupId: string;
  through: readonly string[];
  memberId: string;
  eligible: boolean;
}

interface Row {
  group_id: string;
  member_id: string;
  eligible: boolean;
  good: boolean;
}

/**
 * Which ways into groups nobody should be counted on by: a step that the last reading did not show, or that PIM ends
 * within so many days. Who is also eligible for that step for longer has another way.
 */
export async function doubtsOfWays(
  tx: Tx,
  days: number,
  believesUnread: boolean,
): Promise<(way: Way) => boolean> {
  const lasts = sql`(a.ends_at is null or a.ends_at > stint_now() + make_interval(days => ${days}))`;
  const isSeen = (row: ReturnType<typeof sql>) => sql`(${believesUnread} or ${seenLately(row)})`;
  const isMember = sql`a.gone_at is null and a.plane = 'group' and a.role_id = 'member'`;
  const result = await tx.execute(sql`
    select lower(m.group_id) as group_id, m.member_id, false as eligible, false as good from memberships m
    where m.gone_at is null and not ${isSeen(sql`m`)}
    union all
    select lower(a.scope_id), a.principal_id, false, false from assignments a
    where ${isMember} and a.kind in ('time_bound', 'activated') and not ${lasts}
      and not exists (select from assignments b where b.gone_at is null and b.plane = 'group' and b.role_id = 'member'
        and b.kind = 'standing' and b.scope_id = a.scope_id and b.principal_id = a.principal_id)
    union all
    select lower(a.scope_id), a.principal_id, true, ${lasts} and ${isSeen(sql`a`)} from assignments a
    where ${isMember} and a.kind = 'eligible'`);
  const { rows } = result as unknown as { rows: Row[] };
  const keys = (some: readonly Row[]) => new Set(some.map((row) => `${row.group_id} ${row.member_id}`));
  const shortMembership = keys(rows.filter((row) => !row.eligible));
  const eligible = keys(rows.filter((row) => row.eligible));
  const lastingEligible = keys(rows.filter((row) => row.good));
  return ({ groupId, through, memberId, eligible: byActivating }) => {
    const members = [...through, memberId];
    return [groupId, ...through].some((group, step) => {
      const key = `${group.toLowerCase()} ${members[step]}`;
      if (!byActivating) return shortMembership.has(key);
      return (shortMembership.has(key) || eligible.has(key)) && !lastingEligible.has(key);
    });
  };
}
