import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { gainedRoles } from '#db/gained-roles.ts';
import { keyOf } from '#db/role-key-sql.ts';
import { assignments } from '#db/schema/inventory.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { bundleRoles } from '#db/schema/own-choices.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';
import { mayAdminister } from '#lib/domain/permission.ts';

export type KnownRole = RoleAtScope & RoleNames;

const names = <T extends KnownRole>({ plane, roleId, scopeId, roleName, scopeName, scopeKind }: T) => ({
  ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind },
});

/**
 * The roles among these that the person may put into a bundle: what it holds already, what they are eligible for,
 * themselves or through a group they may join; for who administers Stint, whatever anybody is eligible for.
 */
export async function knownRoles(
  tx: Tx,
  actor: Actor,
  keys: string[],
  bundleId: string | null,
): Promise<Map<string, KnownRole>> {
  const rows: KnownRole[] = [
    ...(mayAdminister(actor) ? await anybodys(tx, keys) : []),
    ...(await gainedRoles(tx, actor.objectId, keys)),
    ...(await tx
      .select()
      .from(mirrorEligible)
      .where(and(eq(mirrorEligible.principalId, actor.objectId), inArray(keyOf(mirrorEligible), keys)))),
    ...(bundleId ? await tx.select().from(bundleRoles).where(eq(bundleRoles.bundleId, bundleId)) : []),
  ];
  return new Map(rows.map((row) => [roleKey(row), names(row)]));
}

function anybodys(tx: Tx, keys: string[]): Promise<KnownRole[]> {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = assignments;
  return tx
    .select({ plane, roleId, scopeId, roleName, scopeName, scopeKind })
    .from(assignments)
    .where(
      and(eq(assignments.kind, 'eligible'), isNull(assignments.goneAt), inArray(keyOf(assignments), keys)),
    );
}
