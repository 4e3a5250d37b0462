import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { PersonPorts } from '#lib/azure/ports.ts';
import { type Challenge, challengeNote } from '#lib/domain/challenge.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { challengeIn } from './challenges.ts';
import { failureWords } from './failure-words.ts';
import { loadRequest, move, mustLoad, note } from './move.ts';

/**
 * Tells Azure to end an activation. Asking twice is harmless: what is not active any more counts as done.
 * “Ended” is recorded only by the look that no longer finds it.
 * @throws AzureFault that may be tried again.
 */
export async function deactivate(
  ctx: Context,
  { requestId, attempt }: { requestId: string; attempt: number },
  ports: PersonPorts,
  open: OpenToken,
): Promise<void> {
  const request = await loadRequest(db(), requestId);
  // Azure was told by an earlier run of this job: whether it is gone the look finds out.
  if (request?.status !== 'ending' || request.endedAt) return;
  const token = await tokenOf(requestId, audienceOf[request.plane], open);
  if (!token) return backToActive(ctx, requestId, 'Azure was not told in time. End it again.');
  const { plane, roleId, scopeId, requesterId: principalId, eligibilityId } = request;
  failPoint('deactivate:before-act');
  try {
    const role = { plane, roleId, scopeId };
    await ports[plane].deactivate(token, { ...role, requestId, attempt, principalId, eligibilityId });
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    const challenge = challengeIn(error, request);
    if (challenge) {
      // What was to follow was cancelled with the click, or kept by it.
      const kept = { ...challenge, manner: { keepFollowOn: true } };
      return backToActive(ctx, requestId, challengeNote(challenge, 'end'), kept);
    }
    if (error.kind !== 'not_active') return backToActive(ctx, requestId, failureWords(error));
  }
  failPoint('deactivate:after-act');
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'ending') return { value: null, entries: [] };
      await dropTokens(tx, requestId);
      const now = await clock(tx);
      return note(tx, seen, { misses: 0, endedAt: now, checkAt: now });
    },
  );
  failPoint('deactivate:after-record');
}

/** Still active, and the row says why it could not be ended. */
async function backToActive(
  ctx: Context,
  requestId: string,
  failure: string,
  challenge: Challenge | null = null,
): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'ending') return { value: null, entries: [] };
      await dropTokens(tx, requestId);
      const checkAt = plusMinutes(await clock(tx), 1);
      const details = { failure, ...(challenge && { challenge }) };
      return move(tx, seen, 'active', { failure, challenge, checkAt }, 'request.end_failed', details);
    },
  );
}
