import { and, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { uses } from '#db/schema/posture.ts';
import { dangersOf, isCritical } from '#lib/domain/risk.ts';
import type { AssignmentRow } from './inventory-rows.ts';

/** How the holder of an eligible assignment used it. */
export const itsUse = and(
  eq(assignments.kind, 'eligible'),
  eq(uses.principalId, assignments.principalId),
  eq(uses.plane, assignments.plane),
  eq(uses.roleId, sql`lower(${assignments.roleId})`),
  eq(uses.scopeId, sql`lower(${assignments.scopeId})`),
);

export const itsHolder = eq(principals.id, assignments.principalId);

/** Assignments with all that a row shows, to be filtered and ordered. */
export function selectAssignments() {
  return db()
    .select({
      row: assignments,
      principal: principals,
      definition: mirrorRoles.definition,
      count: uses.count,
      lastAt: uses.lastAt,
      name: sql<string>`lower(${assignments.roleName})`,
    })
    .from(assignments)
    .leftJoin(principals, itsHolder)
    .leftJoin(uses, itsUse)
    .leftJoin(
      mirrorRoles,
      and(eq(mirrorRoles.plane, assignments.plane), eq(mirrorRoles.roleId, assignments.roleId)),
    )
    .$dynamic();
}

export type Selected = Awaited<ReturnType<typeof selectAssignments>>[number];

export function rowOf({ row, principal, definition, count, lastAt }: Selected): AssignmentRow {
  const { id, plane, kind, roleId, roleName, scopeId, scopeName, scopeKind, principalId } = row;
  const { startsAt, endsAt, firstSeenAt } = row;
  return {
    ...{ id, plane, kind, roleId, roleName, scopeId, scopeName, scopeKind, principalId },
    ...{ startsAt, endsAt, firstSeenAt, isConditional: row.condition !== null },
    principalName: principal?.name || principalId,
    principalKind: principal && !principal.goneAt ? principal.kind : 'unknown',
    upn: principal?.upn ?? null,
    enabled: principal?.enabled ?? null,
    dangers: definition ? dangersOf(definition) : [],
    critical: definition ? isCritical(definition, scopeKind) : false,
    use: kind === 'eligible' ? { count: count ?? 0, lastAt } : null,
  };
}
