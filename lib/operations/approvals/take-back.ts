import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isBeforeAzure } from '#lib/domain/request.ts';
import { next } from '#lib/domain/stages.ts';
import { move } from '#lib/operations/requests/move.ts';
import { holdApproval } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';

/**
 * The person takes back what waits for signatures, or to be started: Azure never heard of it, and is not asked.
 * @throws Refusal `conflict` when it was decided, started or over a moment ago.
 */
export async function takeBack(tx: Tx, requestId: string) {
  const held = await holdApproval(tx, requestId);
  if (!held || !isBeforeAzure(held.request.status)) throw new Refusal('conflict');
  const { request, pinned, standing } = held;
  const outcome = next(pinned, standing, { is: 'close' });
  if (outcome.is === 'no') throw new Refusal('conflict');
  const why = 'It was taken back.';
  await keepStanding(tx, held, outcome.standing, { failure: why, why });
  const patch = { endedAt: await clock(tx), checkAt: null };
  return move(tx, request, 'withdrawn', patch, 'request.taken_back');
}
