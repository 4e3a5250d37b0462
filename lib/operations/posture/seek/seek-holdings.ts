import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { breakGlassAccounts, uses } from '#db/schema/posture.ts';
import type { Holding } from '#lib/domain/findings/holding.ts';
import { standingPrivilege, workloadStanding } from '#lib/domain/findings/standing.ts';
import { neverActivated, notActivatedLately } from '#lib/domain/findings/unused.ts';
import { type PrivilegeCount, weightOf } from '#lib/domain/zero-standing.ts';
import type { Search, Sight } from './sight.ts';

const pageSize = 1_000;

/** What is wrong with assignments, each for itself; counts the privileged ones on the way. */
export async function* seekHoldings(sight: Sight, count: PrivilegeCount): Search {
  for (let after = ''; ; ) {
    const page = await holdingsAfter(after, sight);
    const last = page.at(-1);
    if (!last) return;
    for (const one of page) {
      const weight = weightOf(one);
      if (weight) count[weight]++;
    }
    yield page.flatMap((one) =>
      [
        standingPrivilege(one),
        workloadStanding(one),
        neverActivated(one, sight),
        notActivatedLately(one, sight),
      ].filter((found) => found !== null),
    );
    after = last.id;
  }
}

async function holdingsAfter(
  after: string,
  { privileges, standingMembers, reach }: Sight,
): Promise<Holding[]> {
  const rows = await db()
    .select({
      row: assignments,
      holder: principals,
      isBreakGlass: sql<boolean>`${breakGlassAccounts.principalId} is not null`,
      uses: sql<number>`coalesce(${uses.count}, 0)`,
      lastUsedAt: uses.lastAt,
    })
    .from(assignments)
    .leftJoin(principals, and(eq(principals.id, assignments.principalId), isNull(principals.goneAt)))
    .leftJoin(breakGlassAccounts, eq(breakGlassAccounts.principalId, assignments.principalId))
    .leftJoin(
      uses,
      and(
        eq(assignments.kind, 'eligible'),
        eq(uses.principalId, assignments.principalId),
        eq(uses.plane, assignments.plane),
        sql`${uses.roleId} = lower(${assignments.roleId})`,
        sql`${uses.scopeId} = lower(${assignments.scopeId})`,
      ),
    )
    .where(and(isNull(assignments.goneAt), gt(assignments.id, after)))
    .orderBy(asc(assignments.id))
    .limit(pageSize);
  const members = await standingMembers(
    rows.filter(({ holder }) => holder?.kind === 'group').map(({ row }) => row.principalId),
  );
  return rows.map(({ row, holder, isBreakGlass, uses: times, lastUsedAt }) => {
    const { id, plane, kind, roleId, roleName, scopeId, scopeName, scopeKind, endsAt } = row;
    return {
      ...{ id, plane, kind, roleId, roleName, scopeId, scopeName, scopeKind, endsAt },
      ...{ isBreakGlass, uses: times, lastUsedAt },
      since: row.startsAt ?? row.createdAt ?? row.firstSeenAt,
      isConditional: row.condition !== null,
      holderId: row.principalId,
      holderName: holder?.name || row.principalId,
      holderKind: holder?.kind ?? 'unknown',
      isRoleAssignable: holder?.isRoleAssignable === true,
      standingMembers: holder?.kind === 'group' ? (members.get(row.principalId) ?? null) : 0,
      reach: plane === 'azure' ? reach(scopeId) : null,
      privilege: privileges(row),
    };
  });
}
