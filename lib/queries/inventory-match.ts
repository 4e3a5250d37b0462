import { eq, ilike, isNull, or, type SQL, sql } from 'drizzle-orm';
import { assignments, principals } from '#db/schema/inventory.ts';
import { uses } from '#db/schema/posture.ts';
import { itsUse } from './assignment-select.ts';
import { containing } from './containing.ts';
import type { InventoryFilter } from './inventory-rows.ts';
import { takingEffectAt } from './taking-effect-at.ts';

const idleDays = 90;

/**
 * Asked row by row in the order of the list: a join would be read as a whole and sorted, for fifty rows. A comparison,
 * of which the planner believes that many rows pass; of `is null` it believes that hardly any does.
 */
const lastUse = sql`coalesce((select last_at from ${uses} where ${itsUse}), '-infinity')`;

/** Whom somebody may mean: people are few beside what they hold, and whoever is found there is found by an index here. */
function called(name: string): SQL {
  return sql`select one.id from ${principals} one where one.name ilike ${containing(name)} or one.upn ilike ${containing(name)}
    union select ${name.toLowerCase()}`;
}

/** What an inventory's filter asks of `assignments`, joined to their holders and uses. What is gone is never shown. */
export function matching(filter: InventoryFilter): (SQL | undefined)[] {
  const { plane, kind, principalKind, principal, role, at, use } = filter;
  return [
    isNull(assignments.goneAt),
    plane && eq(assignments.plane, plane),
    kind && eq(assignments.kind, kind),
    principalKind &&
      sql`case when ${principals.goneAt} is null then coalesce(${principals.kind}, 'unknown') else 'unknown' end = ${principalKind}`,
    principal ? sql`${assignments.principalId} in (${called(principal)})` : undefined,
    role
      ? or(ilike(assignments.roleName, containing(role)), ilike(assignments.scopeName, containing(role)))
      : undefined,
    at ? takingEffectAt(at) : undefined,
    use && eq(assignments.kind, 'eligible'),
    use === 'never' ? sql`${lastUse} < 'epoch'` : undefined,
    use === 'idle' ? sql`${lastUse} < stint_now() - make_interval(days => ${idleDays})` : undefined,
  ];
}
