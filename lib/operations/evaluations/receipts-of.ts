import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { pimEvaluations } from '#db/schema/evaluations.ts';
import { requests } from '#db/schema/requests.ts';
import type { Callout, EvaluationStage } from '#lib/domain/evaluation.ts';
import type { Receipt } from '#lib/domain/judge-evaluation.ts';
import { refusalSentences } from '#lib/domain/refusal.ts';
import { next } from '#lib/domain/stages.ts';
import { holdApproval } from '#lib/operations/approvals/hold-approval.ts';
import { faultOfTime } from '#lib/operations/approvals/other-rule.ts';
import { lengthLeft } from '#lib/operations/requests/length-left.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { brokenAmong } from '#lib/operations/tickets/broken-among.ts';

export interface HeldReceipt extends Receipt {
  request: RequestRecord;
  /** Of the approval, for the compare-and-set that uses it. */
  approvalVersion: number;
}

/** Of what Stint itself asked Azure for; it is asked on its behalf while Azure has not granted it. */
const inFiling = ['filed', 'provisioning', 'scheduled', 'awaiting_approval'] as const;

/**
 * The approvals of a person for a role that may let an activation pass: those not started yet, and those Stint is asking
 * Azure for right now, which PIM asks about before Azure has answered. `chain`: the scope and what is above it, lower case.
 */
export async function receiptsOf(
  tx: Tx,
  { azureId, principalId, role, startsAt }: Callout,
  stage: EvaluationStage,
  chain: readonly string[],
  now: Date,
): Promise<HeldReceipt[]> {
  const rows = await tx
    .select({ request: requests, approval: requestApprovals })
    .from(requests)
    .innerJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .where(
      and(
        eq(requests.requesterId, principalId),
        eq(requests.plane, role.plane),
        eq(sql`lower(${requests.roleId})`, role.roleId),
        eq(requests.origin, 'stint'),
        inArray(requests.status, ['approved', ...inFiling]),
        inArray(requestApprovals.state, ['approved', 'automatic']),
      ),
    )
    .orderBy(requests.filedAt);
  const ids = rows.map(({ request }) => request.id);
  const broken = await brokenAmong(tx, ids);
  const unsigned = await unsignedAmong(
    tx,
    rows.flatMap(({ request: { id, status } }) => (status === 'approved' ? [id] : [])),
  );
  const passed = await passedAmong(tx, ids, stage);
  const begins = startsAt && startsAt > now ? startsAt : now;
  const left = new Map<string, number>();
  const untimely = new Map<string, string | null>();
  // What Stint itself is asking for was judged, and cut to its window, when it was started.
  for (const row of rows) {
    if (row.request.status !== 'approved') continue;
    left.set(row.request.id, await lengthLeft(tx, row.request, begins));
    untimely.set(row.request.id, await faultOfTime(tx, row, begins > now ? begins : null, now));
  }
  const isNamed = (request: RequestRecord) => azureId !== null && request.azureId?.toLowerCase() === azureId;
  return rows
    .filter(({ request, approval }) =>
      request.status === 'approved'
        ? approval.usedAt === null
        : !azureId || !request.azureId || isNamed(request),
    )
    .map(({ request, approval }) => ({
      ...{ request, requestId: request.id, approvalVersion: approval.version },
      is: request.status === 'approved' ? ('to_start' as const) : ('in_filing' as const),
      ...{ minutes: left.get(request.id) || request.minutes, ticketNumber: request.ticketNumber },
      scope: scopeAs(request.scopeId.toLowerCase(), role.scopeId.toLowerCase(), chain),
      // While Azure has not answered, Stint may have to ask it a second time.
      isSpent: request.status !== 'filed' && !isNamed(request) && passed.has(request.id),
      ...{ startsAt: request.wantedStartAt, useBy: approval.useBy },
      fault:
        broken.get(request.id) ??
        unsigned.get(request.id) ??
        untimely.get(request.id) ??
        (left.get(request.id) === 0 ? refusalSentences.occurrence_over : null),
    }));
}

function scopeAs(approved: string, asked: string, chain: readonly string[]): HeldReceipt['scope'] {
  if (approved === asked) return 'same';
  return chain.includes(approved) ? 'above' : 'other';
}

/** Those that PIM was told at this stage to let pass. */
async function passedAmong(
  tx: Tx,
  requestIds: string[],
  stage: EvaluationStage,
): Promise<Set<string | null>> {
  const rows = await tx
    .selectDistinct({ id: pimEvaluations.requestId })
    .from(pimEvaluations)
    .where(
      and(
        ...[inArray(pimEvaluations.requestId, requestIds), eq(pimEvaluations.stage, stage)],
        ne(pimEvaluations.outcome, 'denied'),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}

/** Those whose signatures do not suffice any more: two accounts were found to be one person’s. */
async function unsignedAmong(tx: Tx, requestIds: string[]): Promise<Map<string, string>> {
  const faults = new Map<string, string>();
  for (const id of requestIds) {
    const held = await holdApproval(tx, id);
    const started = held && next(held.pinned, held.standing, { is: 'start' });
    if (started?.is === 'no' && started.code !== 'conflict')
      faults.set(id, 'Your approval in Stint does not have its signatures any more.');
  }
  return faults;
}
