import { and, desc, eq, getTableColumns, gt, inArray, or, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { keyOf } from '#db/role-key-sql.ts';
import { mirrorActive, mirrorEligible, mirrorPolicies, mirrorRoles, mirrorRuns } from '#db/schema/mirror.ts';
import { favourites } from '#db/schema/own-choices.ts';
import { requests } from '#db/schema/requests.ts';
import { settingOf } from '#db/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { calledIn } from '#lib/domain/bundle.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import { isLive, liveStatuses, type RequestStatus } from '#lib/domain/request.ts';
import { countsAsCritical, isCritical } from '#lib/domain/risk.ts';
import { usualLength } from '#lib/domain/usual-length.ts';
import { approversOf, asRequestRow, mine, requestColumns } from './columns.ts';
import { lastOf, usage } from './last-requests.ts';
import { locksFor } from './lock-rows.ts';
import { ownApprovals } from './own-approvals.ts';
import { readings } from './readings.ts';
import { risksOf } from './role-risks.ts';
import type { ActiveRow, EligibleRow, MyAccess, NamedRole, RequestRow } from './rows.ts';
import { nothingBeside, openNeedsOf, running } from './running.ts';
import { learnedFor, speedIn } from './speeds.ts';

const mostShown = 200;

/** The home page: what is on now, what is on its way, what the viewer may ask for. From the mirror and Stint's own record. */
export async function myAccess(viewer: Actor): Promise<MyAccess> {
  const [{ now, ...reading }, eligible, inForce, own, used, learned, needsOf] = await Promise.all([
    readings(viewer.objectId),
    eligibleRows(viewer),
    db().select().from(mirrorActive).where(eq(mirrorActive.principalId, viewer.objectId)),
    liveAndRecent(viewer),
    usage(viewer),
    learnedFor(viewer.objectId),
    openNeedsOf(viewer),
  ]);
  const speedOf = speedIn(learned);
  const live = own.filter((row) => isLive(row.status));
  const approvalOf = await ownApprovals(live);
  const active = [
    ...running(live, needsOf, eligible, speedOf, now),
    ...activatedElsewhere(inForce, live, own, reading.readAt, now),
  ];
  const blocked = new Set([...live.map((row) => row.key), ...active.map((row) => row.key)]);
  const onBy = new Map(active.map((row) => [row.key, row.status === 'active' ? row.requestId : null]));
  const joined = new Set(active.flatMap(({ followOn }) => (followOn ? [followOn.requestId] : [])));
  return {
    now,
    ...reading,
    active,
    standing: inForce
      .filter((row) => row.kind !== 'activated')
      .map((row) => ({ ...named(row), endsAt: row.endsAt })),
    pending: live
      .filter((row) => isPending(row.status) && !(joined.has(row.id) && followsQuietly(row.status)))
      .map((row) => ({ ...row, speed: speedOf(row), approval: approvalOf(row.id) })),
    eligible: eligible.map((row) => ({
      ...row,
      onByRequestId: onBy.get(row.key) ?? null,
      blocked: blocked.has(row.key) ? 'already_live' : null,
      activations: used.get(row.key)?.n ?? 0,
      lastActivatedAt: used.get(row.key)?.last ?? null,
      speed: speedOf(row),
      usual: usualLength(used.get(row.key)?.took ?? []),
    })),
    recent: own,
  };
}

function named<Row extends NamedRole | Omit<NamedRole, 'key'>>(row: Row): NamedRole {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = row;
  return { plane, roleId, scopeId, roleName, scopeName, scopeKind, key: roleKey(row) };
}

const isPending = (status: RequestStatus) => status !== 'active' && status !== 'ending';
/** Shown on the line of what it follows; what waits for somebody has a line of its own. */
const waitsForSomebody: readonly RequestStatus[] = [
  'awaiting_signatures',
  'approved',
  'needs_you',
  'awaiting_approval',
];
const followsQuietly = (status: RequestStatus) => !waitsForSomebody.includes(status);

type Known = Omit<
  EligibleRow,
  'blocked' | 'onByRequestId' | 'activations' | 'lastActivatedAt' | 'speed' | 'usual'
>;

async function eligibleRows(viewer: Actor): Promise<Known[]> {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind, throughGroupName, endsAt } =
    getTableColumns(mirrorEligible);
  const listed = db()
    .select({
      ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind, throughGroupName, endsAt },
      policy: mirrorPolicies.facts,
      definedAt: mirrorRoles.readAt,
      favourite: { addedAt: favourites.addedAt, place: favourites.place },
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
    .leftJoin(
      favourites,
      and(eq(favourites.personId, viewer.objectId), eq(favourites.roleKey, keyOf(mirrorEligible))),
    )
    .where(eq(mirrorEligible.principalId, viewer.objectId))
    .orderBy(mirrorEligible.plane, mirrorEligible.roleName, mirrorEligible.scopeName);
  const [rows, { forCritical }] = await Promise.all([listed, settingOf(db(), 'tickets')]);
  const [riskOf, locksOf] = await Promise.all([risksOf(rows), locksFor(rows)]);
  const once = sameOnce<PolicyFacts>();
  return rows.map((row) => {
    const risk = riskOf(row);
    const critical = risk ? isCritical(risk.definition, row.scopeKind, risk.dangers) : false;
    const asks =
      forCritical && countsAsCritical(row.plane, risk?.definition ?? null, row.scopeKind, risk?.dangers);
    const policy = row.policy && asks ? { ...row.policy, ticket: true } : row.policy;
    return {
      ...named(row),
      throughGroupName: row.throughGroupName,
      endsAt: row.endsAt,
      locks: locksOf(row),
      policy: policy && once(policy),
      favourite: row.favourite && { place: row.favourite.place },
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
  const live = db()
    .select({ id: requests.id })
    .from(requests)
    .where(and(mine(viewer.objectId), inArray(requests.status, [...liveStatuses])))
    .orderBy(desc(requests.filedAt))
    .limit(mostShown);
  const recent = db()
    .select({ id: shown.id })
    .from(shown)
    .where(
      or(
        gt(shown.filedAt, lately),
        gt(shown.endedAt, lately),
        // Ended since Azure was last read: the mirror may still hold it, and must not show it as on.
        gt(shown.endedAt, read),
      ),
    );
  const found = await db()
    .select({ ...requestColumns, afterId: requests.afterId })
    .from(requests)
    .where(sql`${requests.id} in (${live} union ${recent})`)
    .orderBy(desc(requests.filedAt));
  const known = new Map(found.map((row) => [row.id, row]));
  const rows = found.slice(0, mostShown);
  const approvers = await approversOf(rows);
  return rows.map(({ afterId, ...row }) => {
    const first = row.status === 'filed' && afterId ? known.get(afterId) : undefined;
    const waitsFor = first && first.activeAt === null ? calledIn(first) : null;
    return { ...asRequestRow(row, approvers.get(row.id) ?? []), waitsFor };
  });
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
      ...nothingBeside,
    }))
    .filter((row) => !known.has(row.key) && !endedSince.has(row.key));
}
