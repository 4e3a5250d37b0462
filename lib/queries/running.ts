import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { needs } from '#db/schema/needs.ts';
import { requests, roleHash } from '#db/schema/requests.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { isLive } from '#lib/domain/request.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import type { ActiveRow, EligibleRow, FollowOn, RequestRow } from './rows.ts';

/** What a running window shows beside its request: what it is needed for, what follows, and what more time would take. */
type Beside = Pick<ActiveRow, 'needs' | 'followOn' | 'extension' | 'endAfter' | 'extends'>;

/** For what was activated outside Stint and is not on record yet. */
export const nothingBeside: Beside = {
  needs: [],
  followOn: null,
  extension: null,
  endAfter: null,
  extends: null,
};

type Rules = Pick<EligibleRow, 'key' | 'policy'>;

/** The viewer's running windows among their live requests, soonest to end first. */
export async function running(
  rows: readonly RequestRow[],
  eligible: readonly Rules[],
  now: Date,
): Promise<ActiveRow[]> {
  const on = rows.filter(({ status }) => status === 'active' || status === 'ending');
  if (on.length === 0) return [];
  const [needsOf, gapOf] = await Promise.all([openNeedsOf(on), gapsOf(on)]);
  return on.map((row) => {
    const next = rows.find((one) => one.followsId === row.id && isLive(one.status)) ?? null;
    const at = roleKey({ ...row, scopeId: row.eligibleScopeId ?? row.scopeId });
    const rules = eligible.find(({ key }) => key === at);
    return {
      ...asActive(row, now),
      needs: needsOf.get(row.id) ?? [],
      followOn: next && followOnOf(next),
      extends: row.followsId,
      endAfter: row.endAfter,
      extension:
        rules && row.status === 'active' && !next && !row.endAfter && row.endsAt && row.endsAt > now
          ? { policy: rules.policy, gapSeconds: gapOf.get(row.id) ?? null }
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
  };
}

function followOnOf(next: RequestRow): FollowOn {
  const { id, status, minutes, startsAt, endsAt, failure, approvers } = next;
  return { requestId: id, status, minutes, startsAt, endsAt, failure, approvers };
}

async function openNeedsOf(rows: readonly RequestRow[]): Promise<Map<string, ActiveRow['needs']>> {
  const found = await db()
    .select({ requestId: needs.requestId, ticketNumber: needs.ticketNumber, until: needs.until })
    .from(needs)
    .where(
      and(
        inArray(
          needs.requestId,
          rows.map(({ id }) => id),
        ),
        isNull(needs.releasedAt),
        sql`${needs.until} > stint_now()`,
      ),
    )
    .orderBy(asc(needs.until), asc(needs.addedAt));
  return Map.groupBy(found, ({ requestId }) => requestId);
}

/** Of the last activations of the same role there, half were seen sooner after their start. Seconds. */
async function gapsOf(rows: readonly RequestRow[]): Promise<Map<string, number>> {
  const last = 20;
  const gaps = new Map<string, number>();
  for (const { id, plane, roleId, scopeId } of rows) {
    const seen = db()
      .select({
        seconds: sql<number>`extract(epoch from ${requests.activeAt} - ${requests.startsAt})`.as('seconds'),
      })
      .from(requests)
      .where(
        and(
          sql`${roleHash(requests)} = md5(${`${plane}|${roleId}|${scopeId}`})::uuid`,
          eq(requests.origin, 'stint'),
          sql`${requests.activeAt} >= ${requests.startsAt}`,
        ),
      )
      .orderBy(sql`${requests.filedAt} desc`)
      .limit(last)
      .as('seen');
    const [row] = await db()
      .select({
        gap: sql<number | null>`percentile_cont(0.5) within group (order by ${seen.seconds})::float`,
      })
      .from(seen);
    if (row?.gap != null) gaps.set(id, Math.ceil(row.gap));
  }
  return gaps;
}
