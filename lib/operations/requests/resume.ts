import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { mayResume } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { judgeAgain } from '#lib/operations/approvals/judge-again.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { refuseBroken } from '#lib/operations/tickets/refuse-broken.ts';
import { move, mustLoad } from './move.ts';

/**
 * One click sends the same request again, with a fresh token: same id, so twice is still once.
 * @throws Refusal `not_found` for somebody else's, `conflict` when it does not wait for its person any more, `step_up_needed`
 * when a stronger sign-in has to come first, `ticket_closed` when its ticket does not allow it any more, `frozen` or
 * `receipt_over` when Stint's own policy does not, `occurrence_over` when its on-call window is over.
 */
export async function resume(ctx: PersonContext, requestId: string, seal: SealedTokens): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (!mayResume(ctx.actor, request)) throw new Refusal('conflict');
      if (request.challenge) throw new Refusal('step_up_needed');
      await refuseBroken(tx, requestId);
      return judgeAgain(tx, request);
    },
    async (tx, request) => {
      await keepToken(tx, requestId, audienceOf[request.plane], seal);
      await enqueue(tx, 'provision', { requestId, traceId: ctx.traceId });
      const checkAt = plusMinutes(await clock(tx), 2);
      const patch = { failure: null, misses: 0, minutes: request.minutes, checkAt };
      return move(tx, request, 'filed', patch, 'request.resumed');
    },
  );
}
