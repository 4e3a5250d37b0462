import { and, eq, sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ReaderPort } from '#lib/azure/ports.ts';
import type { ActiveAssignment } from '#lib/domain/assignment.ts';
import { mayBeOf } from '#lib/domain/difference.ts';
import { isAfter } from '#lib/domain/follow-on.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { azureLacks } from './azure-lacks.ts';
import { azureShows } from './azure-shows.ts';
import { type Eligibilities, failWithoutEligibility, isEligibilityGone } from './eligibility-gone.ts';
import { isInDoubt } from './in-doubt.ts';
import { loadRequest, mustLoad, type RequestRecord } from './move.ts';
import { fileAgain } from './provision.ts';
import { leaseSeconds } from './take-due-looks.ts';
import { backToWaiting } from './withdraw.ts';

/** What a look can tell something about. */
export const looked: readonly RequestStatus[] = [
  'needs_you',
  'awaiting_approval',
  'scheduled',
  'provisioning',
  'active',
  'ending',
];

/**
 * Looks at Azure with the Reader identity and records what became of a request: provisioned, started,
 * expired, removed by somebody else, or left without a decision. Looking twice changes nothing more.
 * A look is due for one version: whoever moved the request since has set when the next one is.
 */
export async function look(
  ctx: Context,
  { requestId, version }: { requestId: string; version: number },
  reader: ReaderPort,
  proof: Eligibilities | null = null,
): Promise<void> {
  const request = await loadRequest(db(), requestId);
  if (request?.version !== version) return;
  if (request.status === 'filed' && !isInDoubt(request)) return fileAgain(ctx, requestId);
  if (request.status === 'withdrawing') return giveUpWithdrawing(ctx, request);
  if (request.status !== 'filed' && !looked.includes(request.status)) return;
  const { plane, roleId, scopeId, requesterId } = request;
  let held: ActiveAssignment | null;
  try {
    held = await reader.activated({ plane, roleId, scopeId }, requesterId);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    await putOff(request, error);
    if (error.retry === 'later') return;
    throw error;
  }
  const isGone = !held && proof !== null && (await isEligibilityGone(request, proof));
  failPoint('look:after-act');
  if (request.status === 'filed' && !held) return fileAgain(ctx, requestId);
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      // Someone moved it while Azure was asked: what was seen may be old, the next look will tell.
      if (seen.version !== request.version) return { value: null, entries: [] };
      const now = await clock(tx);
      if (isGone) return failWithoutEligibility(tx, seen);
      return held && isIts(seen, held) ? azureShows(tx, ctx, seen, held, now) : azureLacks(tx, seen, now);
    },
  );
  failPoint('look:after-record');
}

/** What is not active yet may stand beside another activation of the same role, or the afterglow of one; what is may be followed. */
function isIts(seen: RequestRecord, held: ActiveAssignment): boolean {
  const isOn = seen.status === 'active' || seen.status === 'ending';
  return isOn ? !isAfter(seen, held.startsAt) : mayBeOf(seen, held.startsAt);
}

/**
 * Azure does not answer: the next look waits as told, half a minute at least and not all at once. Bookkeeping like the
 * lease: it raises no version.
 */
async function putOff({ id, version }: RequestRecord, fault: AzureFault): Promise<void> {
  const wait = Math.max(fault.retryAfterSeconds ?? 0, leaseSeconds) * (1 + Math.random());
  await transaction((tx) =>
    tx
      .update(requests)
      .set({ checkAt: sql`stint_now() + make_interval(secs => ${wait})` })
      .where(and(eq(requests.id, id), eq(requests.version, version))),
  );
}

/** Its job had minutes and is gone: the request goes back to waiting. */
async function giveUpWithdrawing(ctx: Context, request: RequestRecord): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, request.id),
    async (tx, seen) =>
      seen.version === request.version ? backToWaiting(tx, seen) : { value: null, entries: [] },
  );
}
