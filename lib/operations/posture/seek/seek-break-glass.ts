import { and, eq, inArray, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments, memberships, principals } from '#db/schema/inventory.ts';
import { accessPolicies, breakGlassAccounts, effectiveMembers } from '#db/schema/posture.ts';
import { breakGlassControls, globalAdministrator } from '#lib/domain/findings/break-glass.ts';
import type { Search } from './sight.ts';
import { groupsRead } from './standing-members.ts';

/** Accounts sealed for emergencies, each against its controls. */
export async function* seekBreakGlass(): Search {
  const accounts = await db()
    .select({ account: breakGlassAccounts, principal: principals })
    .from(breakGlassAccounts)
    .leftJoin(principals, and(eq(principals.id, breakGlassAccounts.principalId), isNull(principals.goneAt)));
  if (accounts.length === 0) return;
  const policies = await db()
    .select({ facts: accessPolicies.facts })
    .from(accessPolicies)
    .where(isNull(accessPolicies.goneAt));
  const unreadGroupIds = await unreadAmong(
    policies.flatMap(({ facts }) => [...facts.includes, ...facts.excludes]),
  );
  for (const { account, principal } of accounts) {
    const [roles, groups] = await Promise.all([rolesOf(account.principalId), groupsOf(account.principalId)]);
    const holds = (...kinds: string[]) =>
      roles.some(
        ({ roleId, scopeId, kind }) =>
          roleId === globalAdministrator && scopeId === '/' && kinds.includes(kind),
      );
    const found = breakGlassControls(
      {
        ...account,
        upn: principal?.upn ?? null,
        exists: principal !== null,
        enabled: principal?.enabled ?? null,
        standingGlobalAdministrator: holds('standing'),
        eligibleGlobalAdministrator: holds('eligible'),
        lastSignInAt: principal?.lastSignInAt ?? null,
        unreadGroupIds,
        groupAndRoleIds: [...groups, ...roles.map(({ roleId }) => roleId)],
      },
      policies.map(({ facts }) => facts),
    );
    yield found ? [found] : [];
  }
}

async function rolesOf(principalId: string) {
  const { roleId, scopeId, kind } = assignments;
  return await db()
    .select({ roleId, scopeId, kind })
    .from(assignments)
    .where(
      and(
        eq(assignments.principalId, principalId),
        eq(assignments.plane, 'entra'),
        isNull(assignments.goneAt),
      ),
    );
}

async function groupsOf(principalId: string): Promise<string[]> {
  const effective = db()
    .select({ id: effectiveMembers.groupId })
    .from(effectiveMembers)
    .where(eq(effectiveMembers.memberId, principalId));
  const direct = db()
    .select({ id: memberships.groupId })
    .from(memberships)
    .where(and(eq(memberships.memberId, principalId), isNull(memberships.goneAt)));
  return (await effective.union(direct)).map(({ id }) => id);
}

/** Of these ids, groups whose members were never read. */
async function unreadAmong(ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db()
    .select({ id: principals.id })
    .from(principals)
    .where(and(eq(principals.kind, 'group'), inArray(principals.id, ids)));
  const read = await groupsRead();
  return rows.map(({ id }) => id).filter((id) => !read.has(id.toLowerCase()));
}
