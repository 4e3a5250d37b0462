import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { scopeKinds } from '#lib/domain/assignment.ts';
import { oversizedRole, oversizeOf, type RoleHeld } from '#lib/domain/findings/oversized.ts';
import { isWide } from '#lib/domain/findings/privilege.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { Search, Sight } from './sight.ts';

const pageSize = 100;

/** Azure roles that are too large for where they are held. */
export async function* seekRoles({ reach }: Pick<Sight, 'reach'>): Search {
  for (let after = ''; ; ) {
    const rows = await db()
      .select()
      .from(mirrorRoles)
      .where(and(eq(mirrorRoles.plane, 'azure'), gt(mirrorRoles.roleId, after)))
      .orderBy(asc(mirrorRoles.roleId))
      .limit(pageSize);
    const last = rows.at(-1);
    if (!last) return;
    const large = new Map(
      rows
        .filter(({ definition }) => oversizeOf(definition).length > 0)
        .map(({ roleId, definition }): [string, RoleDefinition] => [roleId, definition]),
    );
    const held = large.size > 0 ? await heldWidely([...large.keys()]) : [];
    yield held.flatMap((one) => {
      const definition = large.get(one.roleId);
      return (definition && oversizedRole({ ...one, reach: reach(one.scopeId) }, definition)) ?? [];
    });
    after = last.roleId;
  }
}

/** These roles at every wide scope they are held at, with how many hold them there; activations are eligibilities in use. */
async function heldWidely(roleIds: string[]): Promise<Omit<RoleHeld, 'reach'>[]> {
  const { plane, roleId, scopeId } = assignments;
  const rows = await db()
    .select({
      ...{ plane, roleId, scopeId },
      roleName: sql<string>`min(${assignments.roleName})`,
      scopeName: sql<string>`min(${assignments.scopeName})`,
      scopeKind: sql<RoleHeld['scopeKind']>`min(${assignments.scopeKind})`,
      eligible: sql<number>`count(*) filter (where kind = 'eligible')::int`,
      standing: sql<number>`count(*) filter (where kind = 'standing')::int`,
      timeBound: sql<number>`count(*) filter (where kind = 'time_bound')::int`,
    })
    .from(assignments)
    .where(
      and(
        eq(plane, 'azure'),
        inArray(roleId, roleIds),
        inArray(assignments.scopeKind, scopeKinds.filter(isWide)),
        isNull(assignments.goneAt),
        sql`${assignments.kind} <> 'activated'`,
      ),
    )
    .groupBy(plane, roleId, scopeId);
  return rows.map(({ eligible, standing, timeBound, ...role }) => ({
    ...role,
    held: { eligible, standing, time_bound: timeBound },
  }));
}
