import { and, eq, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments } from '#db/schema/inventory.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { containing } from './containing.ts';
import type { NamedRole } from './rows.ts';

const mostFound = 12;

/** Roles the viewer may put into a bundle, by a part of their name or place: their own, or for who administers Stint any. */
export async function bundleRoleFinds(viewer: Actor, typed: string): Promise<NamedRole[]> {
  const text = containing(typed.replaceAll('\0', '').trim().slice(0, 100));
  const rows = mayAdminister(viewer) ? await anybodys(text) : await own(viewer, text);
  const byKey = new Map(rows.map((row) => [roleKey(row), { ...row, key: roleKey(row) }]));
  return [...byKey.values()].slice(0, mostFound);
}

function own({ objectId }: Actor, text: ReturnType<typeof containing>): Promise<(RoleAtScope & RoleNames)[]> {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = mirrorEligible;
  return db()
    .select({ plane, roleId, scopeId, roleName, scopeName, scopeKind })
    .from(mirrorEligible)
    .where(
      and(eq(mirrorEligible.principalId, objectId), sql`${roleName} || ' ' || ${scopeName} ilike ${text}`),
    )
    .orderBy(roleName, scopeName)
    .limit(mostFound);
}

function anybodys(text: ReturnType<typeof containing>): Promise<(RoleAtScope & RoleNames)[]> {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = assignments;
  return db()
    .selectDistinct({ plane, roleId, scopeId, roleName, scopeName, scopeKind })
    .from(assignments)
    .where(
      and(
        eq(assignments.kind, 'eligible'),
        isNull(assignments.goneAt),
        sql`${roleName} || ' ' || ${scopeName} ilike ${text}`,
      ),
    )
    .orderBy(roleName, scopeName)
    .limit(mostFound);
}
