import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { roleSpeeds } from '#db/schema/speeds.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { fewestObservations, type Speed } from '#lib/domain/usable.ts';

type Learned = typeof roleSpeeds.$inferSelect;

const levels = ['role_here', 'role', 'plane'] as const;

/** How long each of a plane's roles takes, as learned; the nearest level that saw enough. null: nothing is known. */
export function speedIn(learned: readonly Learned[]): (role: RoleAtScope) => Speed | null {
  const by = new Map(learned.map((row) => [keyOf(row.plane, row.roleId, row.scopeId), row]));
  const shared = new Map<Learned, Speed | null>();
  return ({ plane, roleId, scopeId }) => {
    const rows = [keyOf(plane, roleId, scopeId), keyOf(plane, roleId, ''), keyOf(plane, '', '')];
    for (const [index, key] of rows.entries()) {
      const row = by.get(key);
      if (!row) continue;
      const known = shared.has(row) ? shared.get(row) : speedOf(row, levels[index] ?? 'plane');
      shared.set(row, known ?? null);
      if (known) return known;
    }
    return null;
  };
}

function speedOf(row: Learned, from: Speed['from']): Speed | null {
  const { usableP50, usableP95, usableCount, activeP50, activeP95, activeCount } = row;
  if (usableCount >= fewestObservations && usableP50 !== null && usableP95 !== null)
    return { p50: usableP50, p95: usableP95, count: usableCount, until: 'usable', from };
  if (activeCount >= fewestObservations && activeP50 !== null && activeP95 !== null)
    return { p50: activeP50, p95: activeP95, count: activeCount, until: 'active', from };
  return null;
}

const keyOf = (plane: Plane, roleId: string, scopeId: string) => `${plane}|${roleId}|${scopeId}`;

/** What was learned of a person's eligible roles. */
export function learnedFor(principalId: string): Promise<Learned[]> {
  const level = sql`(values (${mirrorEligible.roleId}, ${mirrorEligible.scopeId}), (${mirrorEligible.roleId}, ''), ('', ''))`;
  return db()
    .selectDistinct(getTableColumns(roleSpeeds))
    .from(mirrorEligible)
    .crossJoinLateral(sql`${level} as level (role_id, scope_id)`)
    .innerJoin(
      roleSpeeds,
      sql`${roleSpeeds.plane} = ${mirrorEligible.plane} and ${roleSpeeds.roleId} = level.role_id
        and ${roleSpeeds.scopeId} = level.scope_id`,
    )
    .where(eq(mirrorEligible.principalId, principalId));
}

/** What was learned of one role, nearest first. */
export function learnedOf({ plane, roleId, scopeId }: RoleAtScope): Promise<Learned[]> {
  return db()
    .select()
    .from(roleSpeeds)
    .where(
      and(
        eq(roleSpeeds.plane, plane),
        inArray(roleSpeeds.roleId, [roleId, '']),
        inArray(roleSpeeds.scopeId, [scopeId, '']),
      ),
    );
}
