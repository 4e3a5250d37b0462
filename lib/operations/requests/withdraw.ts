import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { FiledRequest, PersonPorts } from '#lib/azure/ports.ts';
import { type Challenge, challengeNote } from '#lib/domain/challenge.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { challengeIn } from './challenges.ts';
import { grantedWindow } from './granted-window.ts';
import { loadRequest, move, mustLoad, type RequestRecord } from './move.ts';

/**
 * Takes a request back from Azure. Azure has the last word: what it granted or denied meanwhile stands.
 * @throws AzureFault that may be tried again.
 */
export async function withdraw(
  ctx: Context,
  requestId: string,
  ports: PersonPorts,
  open: OpenToken,
): Promise<void> {
  const request = await loadRequest(db(), requestId);
  if (request?.status !== 'withdrawing') return;
  const token = await tokenOf(requestId, audienceOf[request.plane], open);
  if (!token) {
    await record(ctx, requestId, backToWaiting);
    return;
  }
  const port = ports[request.plane];
  const { plane, roleId, scopeId, azureId } = request;
  const role = { plane, roleId, scopeId };
  const filed = await port.filed(token, { requestId, azureId, role });
  let now: FiledRequest | null = filed;
  // A list that does not show what Azure has named may lag behind: its name is enough to cancel it.
  const named = filed ? filed.azureId : azureId;
  if (named && (!filed || filed.status === 'pending_approval' || filed.status === 'scheduled')) {
    try {
      await port.cancel(token, { azureId: named, role });
      now = filed && { ...filed, status: 'cancelled' };
    } catch (error) {
      if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
      const challenge = challengeIn(error, request);
      if (challenge) {
        await record(ctx, requestId, (tx, seen) => backToWaiting(tx, seen, challenge));
        return;
      }
      now = await port.filed(token, { requestId, azureId: named, role });
      if (!now && error.kind !== 'not_found') throw error.as('not_yet_visible');
    }
  }
  failPoint('withdraw:after-act');
  await record(ctx, requestId, (tx, seen) => settle(tx, seen, now));
  failPoint('withdraw:after-record');
}

function record(
  ctx: Context,
  requestId: string,
  write: (tx: Tx, seen: RequestRecord) => Promise<Changed<unknown>>,
) {
  return change(
    ctx,
    (tx) => mustLoad(tx, requestId),
    async (tx, seen) => {
      if (seen.status !== 'withdrawing') return { value: null, entries: [] };
      await dropTokens(tx, requestId);
      return write(tx, seen);
    },
  );
}

/** What Azure says it is now decides what it becomes. */
async function settle(tx: Tx, seen: RequestRecord, filed: FiledRequest | null): Promise<Changed<unknown>> {
  const now = await clock(tx);
  switch (filed?.status) {
    case undefined:
    case 'cancelled':
    case 'revoked':
      return move(tx, seen, 'withdrawn', { checkAt: null, endedAt: now }, 'request.cancelled');
    case 'provisioned':
    case 'provisioning':
      return move(
        tx,
        seen,
        'provisioning',
        {
          ...grantedWindow(seen, filed, now),
          checkAt: now,
          failure: 'Azure had granted it already. End it when it is active.',
        },
        'request.granted',
        {
          azureStatus: filed.azureStatus,
        },
      );
    case 'denied':
      return move(tx, seen, 'denied', { checkAt: null, endedAt: now }, 'request.denied', {
        azureStatus: filed.azureStatus,
      });
    case 'timed_out':
      return move(tx, seen, 'lapsed', { checkAt: null, endedAt: now }, 'request.lapsed');
    case 'failed': {
      const failure = `Azure says “${filed.azureStatus}”.`;
      return move(tx, seen, 'failed', { failure, checkAt: null }, 'request.failed', { failure });
    }
    default:
      return backToWaiting(tx, seen);
  }
}

/** What it was: Azure never named it, or granted it a window, or had not decided yet. */
function before(seen: RequestRecord): RequestStatus {
  if (!seen.azureId) return 'needs_you';
  return seen.startsAt ? 'scheduled' : 'awaiting_approval';
}

/** It could not be taken back: the request goes on waiting, and says so. */
export async function backToWaiting(
  tx: Tx,
  seen: RequestRecord,
  asked: Challenge | null = null,
): Promise<Changed<unknown>> {
  const status = before(seen);
  const failure = asked
    ? challengeNote(asked, 'cancellation')
    : 'Azure could not be told to cancel it. Try again.';
  // What Azure never named has a challenge of its own, to be sent: a sign-in must not send what is to be cancelled.
  const challenge = status === 'needs_you' ? seen.challenge : asked;
  const patch = { failure, challenge, checkAt: await clock(tx) };
  return move(tx, seen, status, patch, 'request.cancel_failed', { failure, ...(asked && { challenge }) });
}
