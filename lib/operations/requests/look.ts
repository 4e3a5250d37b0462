import { and, eq, sql } from 'drizzle-orm';
import { db, type Tx, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ReaderPort } from '#lib/azure/ports.ts';
import type { ActiveAssignment } from '#lib/domain/assignment.ts';
import { mayBeOf } from '#lib/domain/difference.ts';
import { isAfter } from '#lib/domain/follow-on.ts';
import type { EndCause, RequestStatus } from '#lib/domain/request.ts';
import { approvalHours, minute, plusMinutes } from '#lib/domain/time.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { closeAsPast } from '#lib/operations/evaluations/close-as-past.ts';
import { causeOfAbsence } from './cause-of-absence.ts';
import { type Eligibilities, failWithoutEligibility, isEligibilityGone } from './eligibility-gone.ts';
import { isInDoubt } from './in-doubt.ts';
import { loadRequest, move, mustLoad, note, type RequestRecord } from './move.ts';
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

/** Azure may show an activation this long after its start. */
const lateMinutes = 10;
/** What needs its person is kept for them as long as PIM keeps what needs an approver. */
const patienceHours = approvalHours;
const neverReturned = 'It needed you and waited for 24 hours. Ask again if you still need it.';
/** Looks, a minute apart, for a grant whose answer was lost. */
const lostAnswerLooks = 5;
/**
 * Looks at an ending activation before it is called active again: two minutes after Azure was told, and ten, as long as
 * the person's token lasts, for the job that is to tell it.
 */
const endingLooks = 60;
/** Azure may go on showing what it ended for so long. */
const lagMinutes = 25;

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
      return held && isIts(seen, held) ? present(tx, ctx, seen, held, now) : absent(tx, seen, now);
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

/** Azure holds the activation. */
async function present(
  tx: Tx,
  { traceId }: Context,
  seen: RequestRecord,
  held: ActiveAssignment,
  now: Date,
): Promise<Changed<unknown>> {
  const startsAt = held.startsAt ?? seen.startsAt ?? now;
  const endsAt = held.endsAt ?? seen.endsAt ?? plusMinutes(startsAt, seen.minutes);
  switch (seen.status) {
    case 'filed':
    case 'needs_you':
    case 'awaiting_approval':
    case 'scheduled':
    case 'provisioning': {
      const closed = await closeAsPast(tx, seen, held);
      if (closed) return closed;
      const patch = {
        startsAt,
        endsAt,
        activeAt: now,
        failure: null,
        challenge: null,
        misses: 0,
        checkAt: nextLook(now, endsAt),
      };
      await enqueue(tx, 'probe', { requestId: seen.id, tries: 1, traceId });
      return move(tx, seen, 'active', patch, 'request.activated', {
        startsAt,
        endsAt,
        seenAfterMs: now.getTime() - startsAt.getTime(),
      });
    }
    case 'active':
      // Past its end and still there: look again soon; Azure is about to drop it.
      return note(tx, seen, { misses: 0, endsAt, checkAt: nextLook(now, endsAt) });
    default: {
      // Told to end it, Azure may show it for as long as its replicas lag; never told, it is asked for again.
      const told = seen.endedAt !== null;
      const lags = seen.endedAt !== null && now < plusMinutes(seen.endedAt, lagMinutes);
      const soon = seen.misses < endingLooks;
      if (soon || lags)
        return note(tx, seen, {
          misses: seen.misses + 1,
          checkAt: seconds(now, soon ? (told ? 2 : 10) : 30),
        });
      const failure = told
        ? 'Azure still holds it, though it was told to end it. End it again.'
        : 'Azure was not told in time. End it again.';
      return move(
        tx,
        seen,
        'active',
        { failure, challenge: null, misses: 0, endedAt: null, checkAt: nextLook(now, endsAt) },
        'request.end_failed',
        { failure },
      );
    }
  }
}

/** Azure does not hold it: not yet, not any more, or just not visible. */
async function absent(tx: Tx, seen: RequestRecord, now: Date): Promise<Changed<unknown>> {
  const over = seen.endsAt !== null && seen.endsAt <= now;
  switch (seen.status) {
    case 'needs_you': {
      const since = later(seen.needsSince ?? seen.filedAt, seen.wantedStartAt ?? seen.filedAt);
      const lapsesAt = plusMinutes(since, patienceHours * 60);
      if (now >= lapsesAt) {
        await dropTokens(tx, seen.id);
        return move(tx, seen, 'failed', { failure: neverReturned, checkAt: null }, 'request.failed', {
          failure: neverReturned,
        });
      }
      const checkAt = seen.misses + 1 < lostAnswerLooks ? plusMinutes(now, 1) : lapsesAt;
      return note(tx, seen, { misses: seen.misses + 1, checkAt });
    }
    case 'awaiting_approval': {
      const undecidedAt = plusMinutes(seen.waitingSince ?? seen.filedAt, approvalHours * 60);
      // Approved in Azure for a start ahead, it shows nothing until then.
      const shownBy = plusMinutes(seen.wantedStartAt ?? seen.filedAt, lateMinutes);
      const lapsesAt = later(undecidedAt, shownBy);
      if (now < lapsesAt) return note(tx, seen, { checkAt: earlier(plusMinutes(now, 1), lapsesAt) });
      return move(tx, seen, 'lapsed', { checkAt: null, endedAt: now }, 'request.lapsed');
    }
    case 'scheduled':
    case 'provisioning': {
      if (over) {
        const failure =
          seen.misses === 0
            ? 'Azure granted it, and its window was over before Stint could look: the access may have been there. Ask again if you still need it.'
            : 'The window is over and Azure never showed the access. Ask again; tell your administrator if it stays so.';
        return move(tx, seen, 'failed', { failure, checkAt: null }, 'request.failed', { failure });
      }
      if (seen.startsAt && seen.startsAt > now) return note(tx, seen, { checkAt: seen.startsAt });
      const wait = seen.misses < 20 ? 0.5 : seen.misses < 60 ? 5 : 60;
      return note(tx, seen, { misses: seen.misses + 1, checkAt: seconds(now, wait) });
    }
    case 'active': {
      if (over) return ended(tx, seen, 'expired', now);
      // One miss may be a replica that lags; two in a row are somebody who removed it.
      if (seen.misses < 1) return note(tx, seen, { misses: seen.misses + 1, checkAt: seconds(now, 10) });
      return ended(tx, seen, await causeOfAbsence(tx, seen.id), now);
    }
    default: {
      // Azure took the end before the window was over, however long it went on showing it.
      const isCut = seen.endedAt !== null && seen.endsAt !== null && seen.endedAt < seen.endsAt;
      if (over && !isCut) return ended(tx, seen, 'expired', now);
      if (seen.endedAt) return ended(tx, seen, 'ended_early', now);
      // Azure is not told yet: a replica that lags, or somebody who was first. The job will hear it, while there is one.
      if (seen.misses < endingLooks)
        return note(tx, seen, { misses: seen.misses + 1, checkAt: seconds(now, 10) });
      return ended(tx, seen, await causeOfAbsence(tx, seen.id), now);
    }
  }
}

async function ended(tx: Tx, seen: RequestRecord, endCause: EndCause, now: Date) {
  // A probe that was lost has left it here.
  await dropTokens(tx, seen.id);
  // The window ended when Azure was told it would, or when it was seen gone, whichever came first.
  const endedAt = endCause === 'expired' && seen.endsAt && seen.endsAt < now ? seen.endsAt : now;
  return move(tx, seen, 'ended', { endCause, endedAt, failure: null, checkAt: null }, 'request.ended', {
    endCause,
    endedAt,
  });
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

/** While active: once a minute, and at the end. */
function nextLook(now: Date, endsAt: Date): Date {
  return endsAt <= now ? seconds(now, 1) : earlier(plusMinutes(now, 1), endsAt);
}

const earlier = (a: Date, b: Date) => (a < b ? a : b);
const later = (a: Date, b: Date) => (a > b ? a : b);
const seconds = (now: Date, n: number) => new Date(now.getTime() + (n * minute) / 60);
