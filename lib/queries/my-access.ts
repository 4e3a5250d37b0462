import { and, desc, eq, getTableColumns, gt, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorActive, mirrorEligible, mirrorPolicies, mirrorRoles, mirrorRuns } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { settingOf } from '#db/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { isLive, liveStatuses } from '#lib/domain/request.ts';
import { isCritical } from '#lib/domain/risk.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import { approversOf, asRequestRow, mine, requestColumns } from './columns.ts';
import { readings } from './readings.ts';
import { risksOf } from './role-risks.ts';
import type { ActiveRow, EligibleRow, MyAccess, NamedRole, RequestRow } from './rows.ts';

const mostShown = 200;
const mostCounted = 500;

/** The home page: what is on now, what is on its way, what the viewer may ask for. From the mirror and Stint's own record. */
export async function myAccess(viewer: Actor): Promise<MyAccess> {
  const [{ now, ...reading }, eligible, inForce, own, used] = await Promise.all([
    readings(viewer.objectId),
    eligibleRows(viewer),
    db().select().from(mirrorActive).where(eq(mirrorActive.principalId, viewer.objectId)),
    liveAndRecent(viewer),
    usage(viewer),
  ]);
  const live = own.filter((row) => isLive(row.status));
  const active = [
    ...live
      .filter((row) => row.status === 'active' || row.status === 'ending')
      .map((row) => asActive(row, now)),
    ...activatedElsewhere(inForce, live, own, reading.readAt, now),
  ];
  const blocked = new Set([...live.map((row) => row.key), ...active.map((row) => row.key)]);
  return {
    now,
    ...reading,
    active,
    standing: inForce
      .filter((row) => row.kind !== 'activated')
      .map((row) => ({ ...named(row), endsAt: row.endsAt })),
    pending: live.filter((row) => row.status !== 'active' && row.status !== 'ending'),
    eligible: eligible.map((row) => ({
      ...row,
      blocked: blocked.has(row.key)
        ? 'already_live'
        : row.policy?.authenticationContext
          ? 'step_up_needed'
          : null,
      activations: used.get(row.key)?.n ?? 0,
      lastActivatedAt: used.get(row.key)?.last ?? null,
    })),
    recent: own,
  };
}

function named<Row extends NamedRole | Omit<NamedRole, 'key'>>(row: Row): NamedRole {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = row;
  return { plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(row) };
}

type Known = Omit<EligibleRow, 'blocked' | 'activations' | 'lastActivatedAt'>;

async function eligibleRows(viewer: Actor): Promise<Known[]> {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind, throughGroupName, endsAt } =
    getTableColumns(mirrorEligible);
  const rows = await db()
    .select({
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, throughGroupName, endsAt },
      policy: mirrorPolicies.facts,
      definedAt: mirrorRoles.readAt,
    })
    .from(mirrorEligible)
    .leftJoin(
      mirrorPolicies,
      and(
        eq(mirrorPolicies.plane, mirrorEligible.plane),
        eq(mirrorPolicies.roleId, mirrorEligible.roleId),
        eq(mirrorPolicies.scopeId, mirrorEligible.scopeId),
      ),
    )
    .leftJoin(
      mirrorRoles,
      and(eq(mirrorRoles.plane, mirrorEligible.plane), eq(mirrorRoles.roleId, mirrorEligible.roleId)),
    )
    .where(eq(mirrorEligible.principalId, viewer.objectId))
    .orderBy(mirrorEligible.plane, mirrorEligible.roleName, mirrorEligible.scopeName);
  const [riskOf, { forCritical }] = await Promise.all([risksOf(rows), settingOf(db(), 'tickets')]);
  const once = sameOnce<PolicyFacts>();
  return rows.map((row) => {
    const risk = riskOf(row);
    const critical = risk ? isCritical(risk.definition, row.scopeKind, risk.dangers) : false;
    const policy = row.policy && forCritical && critical ? { ...row.policy, ticket: true } : row.policy;
    return {
      ...named(row),
      throughGroupName: row.throughGroupName,
      endsAt: row.endsAt,
      policy: policy && once(policy),
      dangers: risk?.dangers ?? [],
      critical,
    };
  });
}

/** Equal values become one object: what is sent to the page names it once and then points at it. */
function sameOnce<Value extends object>(): (value: Value) => Value {
  const seen = new Map<string, Value>();
  return (value) => {
    const text = JSON.stringify(value);
    const first = seen.get(text) ?? value;
    seen.set(text, first);
    return first;
  };
}

/** Whatever is live, and what was filed or has ended lately, of the last requests. */
async function liveAndRecent(viewer: Actor): Promise<RequestRow[]> {
  const shown = lastOf(viewer, mostShown);
  const since = (moment: SQL) => sql`(select ${moment})`;
  const lately = since(sql`stint_now() - interval '15 minutes'`);
  const read = since(
    sql`min(${mirrorRuns.readAt}) from ${mirrorRuns} where ${mirrorRuns.principalId} = ${viewer.objectId}`,
  );
  const [live, recent] = await Promise.all([
    db()
      .select(requestColumns)
      .from(requests)
      .where(and(mine(viewer.objectId), inArray(requests.status, [...liveStatuses])))
      .orderBy(desc(requests.filedAt))
      .limit(mostShown),
    db()
      .select(requestColumns)
      .from(requests)
      .where(
        and(
          inArray(requests.id, db().select({ id: shown.id }).from(shown)),
          or(
            gt(requests.filedAt, lately),
            gt(requests.endedAt, lately),
            // Ended since Azure was last read: the mirror may still hold it, and must not show it as on.
            gt(requests.endedAt, read),
          ),
        ),
      ),
  ]);
  const rows = [...new Map([...live, ...recent].map((row) => [row.id, row])).values()]
    .toSorted((a, b) => b.filedAt.getTime() - a.filedAt.getTime())
    .slice(0, mostShown);
  const approvers = await approversOf(rows);
  return rows.map((row) => asRequestRow(row, approvers.get(row.id) ?? []));
}

/** The viewer's last requests: somebody with thousands behind them opens the page as fast as a newcomer. */
function lastOf({ objectId }: Actor, most: number) {
  const { id, plane, roleId, scopeId, activeAt } = requests;
  return db()
    .select({ id, plane, roleId, scopeId, activeAt })
    .from(requests)
    .where(mine(objectId))
    .orderBy(desc(requests.filedAt), desc(requests.id))
    .limit(most)
    .as('last');
}

function asActive(row: RequestRow, now: Date): ActiveRow {
  const endableAt = plusMinutes(row.startsAt ?? row.filedAt, floorMinutes);
  return {
    ...named(row),
    requestId: row.id,
    status: row.status === 'ending' ? 'ending' : 'active',
    justification: row.justification,
    ticketNumber: row.ticketNumber,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    endableAt: endableAt > now ? endableAt : null,
    failure: row.failure,
  };
}

/** Activated in Azure itself; what Stint saw end since that reading is not shown as on. */
function activatedElsewhere(
  inForce: (typeof mirrorActive.$inferSelect)[],
  live: RequestRow[],
  own: RequestRow[],
  readAt: Date | null,
  now: Date,
): ActiveRow[] {
  const known = new Set(live.map((row) => row.key));
  const endedSince = new Set(
    own.filter((row) => row.endedAt && readAt && row.endedAt >= readAt).map((row) => row.key),
  );
  return inForce
    .filter((row) => row.kind === 'activated' && (row.endsAt === null || row.endsAt > now))
    .map((row) => ({
      ...named(row),
      requestId: null,
      status: 'active' as const,
      justification: '',
      ticketNumber: '',
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      endableAt: null,
      failure: null,
    }))
    .filter((row) => !known.has(row.key) && !endedSince.has(row.key));
}

/** How often each role was used, counted over the last requests. */
async function usage(viewer: Actor): Promise<Map<string, { n: number; last: Date }>> {
  const last = lastOf(viewer, mostCounted);
  const rows = await db()
    .select({
      plane: last.plane,
      roleId: last.roleId,
      scopeId: last.scopeId,
      n: sql<number>`count(*)::int`,
      last: sql<string>`max(${last.activeAt})`,
    })
    .from(last)
    .where(isNotNull(last.activeAt))
    .groupBy(last.plane, last.roleId, last.scopeId);
  return new Map(rows.map((row) => [roleKey(row), { n: row.n, last: new Date(row.last) }]));
}
