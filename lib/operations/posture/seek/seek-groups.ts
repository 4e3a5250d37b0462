import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { groupWithStandingMembers } from '#lib/domain/findings/group.ts';
import type { Privilege } from '#lib/domain/findings/privilege.ts';
import { roleWords } from '#lib/domain/findings/words.ts';
import type { Search, Sight } from './sight.ts';
import { isNoGroup, standingIn } from './standing-members.ts';

const pageSize = 200;
const named = 10;
const order = { high: 0, medium: 1, low: 2 };

/** Role-assignable groups that somebody stands in. */
export async function* seekGroups({ privileges, standingMembers }: Sight): Search {
  for (let after = ''; ; ) {
    const groups = await db()
      .select({ id: principals.id, name: principals.name })
      .from(principals)
      .where(
        and(
          eq(principals.kind, 'group'),
          eq(principals.isRoleAssignable, true),
          isNull(principals.goneAt),
          gt(principals.id, after),
        ),
      )
      .orderBy(asc(principals.id))
      .limit(pageSize);
    const last = groups.at(-1);
    if (!last) return;
    const ids = groups.map(({ id }) => id);
    const [totals, names, held] = await Promise.all([standingMembers(ids), namesIn(ids), heldBy(ids)]);
    yield groups.flatMap(({ id, name }) => {
      const own = held.filter(({ principalId }) => principalId === id);
      return (
        groupWithStandingMembers({
          ...{ id, name },
          members: names.get(id) ?? [],
          total: totals.get(id) ?? 0,
          holds: own.map(roleWords),
          privilege: worstOf(own.map(privileges)),
        }) ?? []
      );
    });
    after = last.id;
  }
}

async function namesIn(groupIds: string[]): Promise<Map<string, string[]>> {
  const rows = await db()
    .select({ groupId: sql<string>`group_id`, names: sql<string[]>`names` })
    .from(
      sql`(select em.group_id, (array_agg(coalesce(p.name, em.member_id) order by p.name, em.member_id))[1:${sql.raw(String(named))}] as names
        from ${standingIn(groupIds)} where ${isNoGroup} group by em.group_id) as named`,
    );
  return new Map(rows.map(({ groupId, names }) => [groupId, names]));
}

async function heldBy(groupIds: string[]) {
  return await db()
    .select()
    .from(assignments)
    .where(and(inArray(assignments.principalId, groupIds), isNull(assignments.goneAt)))
    .orderBy(asc(assignments.id));
}

function worstOf(all: (Privilege | null)[]): Privilege | null {
  const known = all.filter((one) => one !== null);
  return known.toSorted((a, b) => order[a.risk] - order[b.risk])[0] ?? null;
}
