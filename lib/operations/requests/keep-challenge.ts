import { type Challenge, challengeNote, type GoesOn, nextChallenge } from '#lib/domain/challenge.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { RequestStatus } from '#lib/domain/request.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { toldChallenge } from './challenges.ts';
import { mustLoad, note } from './move.ts';

/** What the person asked for where no token was given for it. */
const goesOn: Record<Verb, GoesOn> = { resume: 'request', end: 'end', cancel: 'cancellation' };

type Verb = 'resume' | 'end' | 'cancel';

/** In which of its statuses a sign-in sends on what was asked for; elsewhere it would send on something else. */
const sentOn: Record<Verb, readonly RequestStatus[]> = {
  resume: ['needs_you'],
  end: ['active'],
  cancel: ['awaiting_approval', 'scheduled'],
};

/**
 * Microsoft gives no token for what the person asked of their request before a stronger sign-in: it is kept with the
 * request, to be answered.
 * @throws Refusal `step_up_needed` always, once it is kept; `not_found` for somebody else's.
 */
export async function keepChallenge(
  ctx: PersonContext,
  requestId: string,
  verb: Verb,
  asked: Pick<Challenge, 'audience' | 'claims'>,
  manner?: Challenge['manner'],
): Promise<never> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      return request;
    },
    async (tx, request) => {
      if (!sentOn[verb].includes(request.status)) return { value: null, entries: [] };
      const challenge = { ...nextChallenge(null, asked), ...(manner && { manner }) };
      const { value } = await note(tx, request, {
        challenge,
        failure: challengeNote(challenge, goesOn[verb]),
      });
      return { value, entries: [toldChallenge(requestId, challenge)] };
    },
  );
  throw new Refusal('step_up_needed');
}
