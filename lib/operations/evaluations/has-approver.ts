import { and, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { groupTree, tenantOf } from '#db/group-tree.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import { scopeChain } from '#lib/domain/scope-chain.ts';

/** Whether PIM has an approver of its own for a role, by its policy there or next above; null: none is known. */
export async function hasApprover(tx: Tx, role: RoleAtScope): Promise<boolean | null> {
  const { chain } = scopeChain(role, await groupTree(tx), await tenantOf(tx));
  const known = await tx
    .select({ scopeId: sql<string>`lower(${mirrorPolicies.scopeId})`, facts: mirrorPolicies.facts })
    .from(mirrorPolicies)
    .where(
      and(
        ...[eq(mirrorPolicies.plane, role.plane), isNotNull(mirrorPolicies.facts)],
        eq(sql`lower(${mirrorPolicies.roleId})`, role.roleId.toLowerCase()),
        inArray(sql`lower(${mirrorPolicies.scopeId})`, chain),
      ),
    );
  const [next] = known.toSorted((a, b) => chain.indexOf(a.scopeId) - chain.indexOf(b.scopeId));
  return next?.facts?.approval ?? null;
}
