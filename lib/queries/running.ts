import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { needs } from '#db/schema/needs.ts';
import { requests } from '#db/schema/requests.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { isLive } from '#lib/domain/request.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import type { Speed } from '#lib/domain/usable.ts';
import { mine } from './columns.ts';
import type { ActiveRow, EligibleRow, FollowOn, RequestRow } from './rows.ts';

/** What a running window shows beside its request: what it is needed for, what follows, and what more time would take. */
type Beside = Pick<
  ActiveRow,
  | 'needs'
  | 'followOn'
  | 'extension'
  | 'endAfter'
  | 'extends'
  | 'activeAt'
  | 'usableAt'
  | 'probe'
  | 'speed'
  | 'stepUp'
>;

/** For what was activated outside Stint and is not on record yet. */
export const nothingBeside: Beside = {
  needs: [],
  followOn: null,
  extension: null,
  endAfter: null,
  extends: null,
  activeAt: null,
  usableAt: null,
  probe: null,
  speed: null,
  stepUp: null,
};

type Rules = Pick<EligibleRow, 'key' | 'policy'>;

type Needs = Awaited<ReturnType<typeof openNeedsOf>>;

/** The viewer's running windows among their live requests, soonest to end first. */
export function running(
  rows: readonly RequestRow[],
  needsOf: Needs,
  eligible: readonly Rules[],
  speedOf: (role: RequestRow) => Speed | null,
  now: Date,
): ActiveRow[] {
  const on = rows.filter(({ status }) => status === 'active' || status === 'ending');
  return on.map((row) => {
    const next = rows.find((one) => one.followsId === row.id && isLive(one.status)) ?? null;
    const at = roleKey({ ...row, scopeId: row.eligibleScopeId ?? row.scopeId });
    const rules = eligible.find(({ key }) => key === at);
    return {
      ...asActive(row, now),
      speed: speedOf(row),
      needs: needsOf.get(row.id) ?? [],
      followOn: next && followOnOf(next),
      extends: row.followsId,
      endAfter: row.endAfter,
      extension:
        rules && row.status === 'active' && !next && !row.endAfter && row.endsAt && row.endsAt > now
          ? { policy: rules.policy, gapSeconds: speedOf(row)?.p50 ?? null }
          : null,
    };
  });
}

function asActive(row: RequestRow, now: Date) {
  const { key, plane, roleId, scopeId, roleName, scopeName, scopeKind } = row;
  const endableAt = plusMinutes(row.startsAt ?? row.filedAt, floorMinutes);
  return {
    ...{ key, plane, roleId, scopeId, roleName, scopeName, scopeKind },
    requestId: row.id,
    status: row.status === 'ending' ? ('ending' as const) : ('active' as const),
    justification: row.justification,
    ticketNumber: row.ticketNumber,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    endableAt: endableAt > now ? endableAt : null,
    failure: row.failure,
    activeAt: row.activeAt,
    usableAt: row.usableAt,
    probe: row.probe,
    stepUp: row.stepUp,
  };
}

function followOnOf(next: RequestRow): FollowOn {
  const { id, status, minutes, ticketNumber, startsAt, endsAt, failure, approvers } = next;
  return { requestId: id, status, minutes, ticketNumber, startsAt, endsAt, failure, approvers };
}

/** What the viewer's running windows are still needed for, by the request. */
export async function openNeedsOf({ objectId }: Actor): Promise<Map<string, ActiveRow['needs']>> {
  const found = await db()
    .select({ requestId: needs.requestId, ticketNumber: needs.ticketNumber, until: needs.until })
    .from(requests)
    .innerJoin(needs, eq(needs.requestId, requests.id))
    .where(
      and(
        mine(objectId),
        inArray(requests.status, ['active', 'ending']),
        isNull(needs.releasedAt),
        sql`${needs.until} > stint_now()`,
      ),
    )
    .orderBy(asc(needs.until), asc(needs.addedAt));
  return Map.groupBy(found, ({ requestId }) => requestId);
}
