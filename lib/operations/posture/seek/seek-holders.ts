import { and, asc, eq, gt, inArray, isNull, not, or, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { isOnlyActivated } from '#db/only-activated.ts';
import { assignments, principals, responsibles } from '#db/schema/inventory.ts';
import { breakGlassAccounts, effectiveMembers } from '#db/schema/posture.ts';
import {
  disabledAssigned,
  guestPrivileged,
  type Held,
  workloadIdle,
  workloadWithoutOwner,
} from '#lib/domain/findings/holder.ts';
import { workloadKinds } from '#lib/domain/findings/holding.ts';
import type { Search, Sight } from './sight.ts';

const pageSize = 200;

/** What is wrong with guests, workloads and the disabled, each with everything they hold. */
export async function* seekHolders(sight: Sight): Search {
  const signInsKnown = await areSignInsKnown();
  for (let after = ''; ; ) {
    const page = await suspectsAfter(after);
    const last = page.at(-1);
    if (!last) return;
    const ids = page.map(({ id }) => id);
    const [held, answering] = await Promise.all([heldBy(ids, sight), responsiblesOf(ids)]);
    const holders = page.map((one) => ({
      ...one,
      held: held.get(one.id) ?? [],
      responsibles: answering.get(one.id) ?? 0,
    }));
    yield holders.flatMap((one) =>
      [
        guestPrivileged(one),
        disabledAssigned(one),
        workloadWithoutOwner(one),
        workloadIdle(one, { now: sight.now, signInsKnown }),
      ].filter((found) => found !== null),
    );
    after = last.id;
  }
}

const isWorkload = inArray(principals.kind, [...workloadKinds]);

async function suspectsAfter(after: string) {
  const { id, name, upn, kind, enabled, createdAt, lastSignInAt, resourceId } = principals;
  return await db()
    .select({
      ...{ id, name, upn, kind, enabled, createdAt, lastSignInAt, resourceId },
      isBreakGlass: sql<boolean>`${breakGlassAccounts.principalId} is not null`,
    })
    .from(principals)
    .leftJoin(breakGlassAccounts, eq(breakGlassAccounts.principalId, principals.id))
    .where(
      and(
        isNull(principals.goneAt),
        gt(principals.id, after),
        or(eq(principals.kind, 'guest'), eq(principals.enabled, false), isWorkload),
      ),
    )
    .orderBy(asc(principals.id))
    .limit(pageSize);
}

/** Their own, and through groups; an activation is an eligibility in use, and not held besides. */
async function heldBy(ids: string[], { privileges }: Sight): Promise<Map<string, Held[]>> {
  const inForce = and(isNull(assignments.goneAt), sql`${assignments.kind} <> 'activated'`);
  const [own, through] = await Promise.all([
    db()
      .select({ holderId: assignments.principalId, row: assignments, group: sql<string | null>`null` })
      .from(assignments)
      .where(and(inArray(assignments.principalId, ids), inForce))
      .orderBy(asc(assignments.id)),
    db()
      .select({
        holderId: effectiveMembers.memberId,
        row: assignments,
        group: sql<string | null>`coalesce(${principals.name}, ${assignments.principalId})`,
      })
      .from(effectiveMembers)
      .innerJoin(assignments, eq(assignments.principalId, effectiveMembers.groupId))
      .leftJoin(principals, eq(principals.id, effectiveMembers.groupId))
      .where(
        and(inArray(effectiveMembers.memberId, ids), inForce, not(isOnlyActivated(sql`${effectiveMembers}`))),
      )
      .orderBy(asc(assignments.id)),
  ]);
  const held = new Map<string, Held[]>();
  for (const { holderId, row, group: throughGroup } of [...own, ...through]) {
    const { plane, roleId, scopeId, kind, roleName, scopeName, scopeKind } = row;
    const role = { plane, roleId, scopeId, roleName, scopeName, scopeKind };
    const one = { ...role, kind, throughGroup, privilege: privileges(row) };
    held.set(holderId, [...(held.get(holderId) ?? []), one]);
  }
  return held;
}

async function responsiblesOf(ids: string[]): Promise<Map<string, number>> {
  const rows = await db()
    .select({ id: responsibles.principalId, count: sql<number>`count(*)::int` })
    .from(responsibles)
    .innerJoin(principals, eq(principals.id, responsibles.responsibleId))
    .where(
      and(
        inArray(responsibles.principalId, ids),
        inArray(responsibles.as, ['owner', 'sponsor']),
        isNull(responsibles.goneAt),
        isNull(principals.goneAt),
        sql`${principals.enabled} is distinct from false`,
      ),
    )
    .groupBy(responsibles.principalId);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Entra's report of workloads' sign-ins is one for all: when it tells of none, it was not to be had. */
async function areSignInsKnown(): Promise<boolean> {
  const [one] = await db()
    .select({ id: principals.id })
    .from(principals)
    .where(and(isWorkload, sql`${principals.lastSignInAt} is not null`))
    .limit(1);
  return one !== undefined;
}
