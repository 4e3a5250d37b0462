import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { dangersOf } from '#lib/domain/risk.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import { compareRoles, type Needed, rolesFor, sizeOf } from '#lib/domain/role-size.ts';
import type { RoleRow, RoleStory } from './inventory-rows.ts';

/** Which roles: of a plane, by name, or those that allow all that is needed, the smallest first. */
export interface RoleFilter {
  plane: Plane;
  name: string;
  needed: Needed[];
}

/** The roles of a plane, the most dangerous first; null to whom the tenant's posture is not open. */
export async function roles(viewer: Actor, { plane, name, needed }: RoleFilter): Promise<RoleRow[] | null> {
  if (!mayReadPosture(viewer)) return null;
  const [all, held] = await Promise.all([definitions(plane), holders(plane)]);
  const named = all.filter((role) => role.name.toLowerCase().includes(name.toLowerCase()));
  if (needed.length > 0) return rolesFor(named, needed).map((role) => rowOf(role, held));
  return named
    .map((role) => rowOf(role, held))
    .toSorted(
      (a, b) => b.dangers.length - a.dangers.length || b.size - a.size || a.name.localeCompare(b.name),
    );
}

/** One role, beside another when there is one of that id; null for what is not there, or not open. */
export async function roleStory(
  viewer: Actor,
  plane: Plane,
  id: string,
  otherId: string,
): Promise<RoleStory | null> {
  if (!mayReadPosture(viewer)) return null;
  const [all, held] = await Promise.all([definitions(plane), holders(plane)]);
  const definition = all.find((role) => role.id === id);
  if (!definition) return null;
  const other = all.find((role) => role.id === otherId && role.id !== id);
  return {
    ...rowOf(definition, held),
    description: definition.description,
    definition,
    other: other ? { name: other.name, comparison: compareRoles(definition, other) } : null,
    choices: all
      .filter((role) => role.id !== id)
      .map((role) => ({ id: role.id, name: role.name }))
      .toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}

async function definitions(plane: Plane): Promise<RoleDefinition[]> {
  const rows = await db()
    .select({ definition: mirrorRoles.definition })
    .from(mirrorRoles)
    .where(and(eq(mirrorRoles.plane, plane), ne(mirrorRoles.plane, 'group')));
  return rows.map(({ definition }) => definition);
}

async function holders(plane: Plane): Promise<Map<string, RoleRow['held']>> {
  const counts = await db()
    .select({ id: assignments.roleId, kind: assignments.kind, count: sql<number>`count(*)::int` })
    .from(assignments)
    .where(and(eq(assignments.plane, plane), isNull(assignments.goneAt)))
    .groupBy(assignments.roleId, assignments.kind);
  const held = new Map<string, RoleRow['held']>();
  for (const { id, kind, count } of counts) held.set(id, { ...held.get(id), [kind]: count });
  return held;
}

function rowOf(role: RoleDefinition, held: Map<string, RoleRow['held']>): RoleRow {
  const { plane, id, name, isBuiltIn, isPrivileged } = role;
  return {
    ...{ plane, id, name, isBuiltIn, isPrivileged: isPrivileged === true },
    dangers: dangersOf(role),
    size: sizeOf(role),
    held: held.get(id) ?? {},
  };
}
