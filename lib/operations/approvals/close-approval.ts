import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { next } from '#lib/domain/stages.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { move } from '#lib/operations/requests/move.ts';
import type { HeldApproval } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';
import { letterOf } from './letter-of.ts';

/** An end that nobody decided, and what those read who waited for it. */
const ends = {
  lapse: { status: 'lapsed', action: 'request.lapsed', letter: 'lapsed' },
  close: { status: 'failed', action: 'request.closed', letter: 'closed' },
} as const;

/**
 * Ends what waits for signatures, or to be started, for a reason that is said to who asked and to who has signed.
 * @throws Refusal `conflict` when it does not wait any more.
 */
export async function closeApproval(
  tx: Tx,
  held: HeldApproval,
  how: keyof typeof ends,
  failure: string,
): Promise<Told[]> {
  const { request, pinned, standing, stage } = held;
  const { status, action, letter } = ends[how];
  const outcome = next(pinned, standing, { is: how });
  if (outcome.is === 'no') throw new Refusal('conflict');
  await keepStanding(tx, held, outcome.standing, { failure, why: failure });
  const patch = { failure, endedAt: await clock(tx), checkAt: null };
  const details = { failure, stage: standing.stage, stageName: stage.name };
  const { entries } = await move(tx, request, status, patch, action, details);
  const signed = held.signatures.filter(({ state }) => state === 'recorded').map((one) => one.approverId);
  const letters = [request.requesterId, ...signed].map((to) =>
    letterOf(request, letter, to, '', { text: failure, stage: stage.name }),
  );
  await tell(tx, letters);
  return entries;
}
