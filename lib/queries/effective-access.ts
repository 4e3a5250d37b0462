import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { assignments, principals, responsibles } from '#db/schema/inventory.ts';
import { outsideRoles, useCoverage, uses } from '#db/schema/posture.ts';
import { readTree } from '#db/scope-tree.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { reachIn } from '#lib/domain/scope-reach.ts';
import { coveredSince } from '#lib/domain/use.ts';
import type { AccessRow, EffectiveAccess, PathStep } from './access-rows.ts';
import { alsoAbove } from './also-above.ts';
import { rowOf, selectAssignments } from './assignment-select.ts';
import { reachableGroups } from './reachable-groups.ts';

const mostRows = 1_000;
/** Of so many the worst are shown: nobody holds more. */
const mostRead = 20_000;
const longestId = 100;

/**
 * Everything a person, group or workload can reach: its own assignments, those of groups it is in, and of groups it may
 * join, each with a way to it. What a place shows of a binding above it is that one binding. null to whom posture is not
 * open, and for whom nobody knows.
 */
export async function effectiveAccess(viewer: Actor, named: string): Promise<EffectiveAccess | null> {
  if (!mayReadPosture(viewer)) return null;
  const id = named.replaceAll('\0', '').slice(0, longestId).toLowerCase();
  const [[principal], now, ways] = await Promise.all([
    db().select().from(principals).where(eq(principals.id, id)),
    clock(db()),
    reachableGroups(id),
  ]);
  const holders = [...ways.keys()];
  const fetched = await selectAssignments()
    .where(and(inArray(assignments.principalId, holders), isNull(assignments.goneAt)))
    .orderBy(sql`lower(${assignments.roleName})`, asc(assignments.id))
    .limit(mostRead);
  if (!principal && fetched.length === 0) return null;
  const [names, used, by, outside, covered, tree] = await Promise.all([
    namesOf([...ways.values()].flat().map(({ groupId }) => groupId)),
    db().select().from(uses).where(eq(uses.principalId, id)),
    responsiblesOf(id),
    outsideOf(id),
    db().select().from(useCoverage),
    readTree(db()),
  ]);
  const pathTo = (holder: string): PathStep[] =>
    (ways.get(holder) ?? []).map((step) => ({ ...step, groupName: names.get(step.groupId) ?? step.groupId }));
  const reach = reachIn(tree);
  const own = new Map(used.map((one) => [roleKey(one), one]));
  const rows = fetched.map((one): AccessRow => {
    const row = rowOf(one);
    const path = pathTo(row.principalId);
    // Through a group: what this person did with it. What a membership to come gives was not counted.
    const mayTell =
      path.length === 0 || (principal?.kind !== 'group' && path.every(({ how }) => how === 'member'));
    const { count = 0, lastAt = null } = own.get(roleKey(row)) ?? {};
    const use = row.use && mayTell ? { count, lastAt } : null;
    const reaches = row.plane === 'azure' ? reach(row.scopeId) : null;
    return { ...row, path, use, reach: reaches, alsoAt: null };
  });
  const all = alsoAbove(once(rows), tree).toSorted(worstFirst);
  return {
    ...{ now, id, name: principal?.name || id, upn: principal?.upn ?? null },
    kind: principal && !principal.goneAt ? principal.kind : 'unknown',
    enabled: principal?.enabled ?? null,
    lastSignInAt: principal?.lastSignInAt ?? null,
    responsibles: by,
    rows: all.slice(0, mostRows),
    more: all.length > mostRows || fetched.length === mostRead,
    outside,
    knownSince: coveredSince(covered, now),
  };
}

/** A binding that several places show, or that is reached in several ways, is one. */
function once(rows: AccessRow[]): AccessRow[] {
  const key = (row: AccessRow) => `${row.principalId} ${row.kind} ${row.isConditional} ${roleKey(row)}`;
  return [...new Map(rows.toReversed().map((row) => [key(row), row])).values()].reverse();
}

function worstFirst(one: AccessRow, other: AccessRow): number {
  return Number(other.critical) - Number(one.critical) || other.dangers.length - one.dangers.length;
}

async function namesOf(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const found = await db()
    .select({ id: principals.id, name: principals.name })
    .from(principals)
    .where(inArray(principals.id, ids));
  return new Map(found.map(({ id, name }) => [id, name || id]));
}

function responsiblesOf(id: string) {
  return db()
    .select({
      id: responsibles.responsibleId,
      name: sql<string>`coalesce(${principals.name}, ${responsibles.responsibleId})`,
      as: responsibles.as,
    })
    .from(responsibles)
    .leftJoin(principals, eq(principals.id, responsibles.responsibleId))
    .where(and(eq(responsibles.principalId, id), isNull(responsibles.goneAt)))
    .orderBy(responsibles.as, principals.name)
    .limit(20);
}

function outsideOf(id: string) {
  const { kind, what, targetName, endsAt } = outsideRoles;
  return db()
    .select({ id: outsideRoles.id, kind, what, targetName, endsAt })
    .from(outsideRoles)
    .where(and(eq(outsideRoles.principalId, id), isNull(outsideRoles.goneAt)))
    .orderBy(kind, targetName, outsideRoles.id)
    .limit(200);
}
