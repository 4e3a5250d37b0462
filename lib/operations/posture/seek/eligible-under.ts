import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments } from '#db/schema/inventory.ts';
import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';

/** Names of a role at a scope, and how many are eligible for it. */
interface Eligible extends RoleNames {
  eligible: number;
}

/** Who could activate under these policies, by role key. Entra's policies are the directory's, whatever the unit. */
export async function eligibleUnder(policies: readonly RoleAtScope[]): Promise<Map<string, Eligible>> {
  const { plane, roleId } = assignments;
  const at = sql<string>`case when ${plane} = 'entra' then '/' else lower(${assignments.scopeId}) end`;
  const isEntra = sql`${plane} = 'entra'`;
  const rows = await db()
    .select({
      ...{ plane, roleId, scopeId: at },
      roleName: sql<string>`min(${assignments.roleName})`,
      scopeName: sql<string>`case when ${isEntra} then 'Directory' else min(${assignments.scopeName}) end`,
      scopeKind: sql<
        RoleNames['scopeKind']
      >`case when ${isEntra} then 'directory' else min(${assignments.scopeKind}) end`,
      eligible: sql<number>`count(*)::int`,
    })
    .from(assignments)
    .where(
      sql`${assignments.kind} = 'eligible' and ${assignments.goneAt} is null
        and ${roleId} in ${[...new Set(policies.map((policy) => policy.roleId))]}
        and ${at} in ${[...new Set(policies.map(({ scopeId }) => scopeId.toLowerCase()))]}`,
    )
    .groupBy(plane, roleId, at);
  return new Map(
    rows.map(({ plane: p, roleId: r, scopeId, ...named }) => [
      roleKey({ plane: p, roleId: r, scopeId }),
      named,
    ]),
  );
}
