import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { mayCancel } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { dropTokens, keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { isHeldBack } from './hold-back.ts';
import { move, mustLoad, type RequestRecord } from './move.ts';

/**
 * If the withdrawing job dies with its queue, the look puts the request back to waiting after this: as long as the
 * person's token lasts. Until then the job may only be waiting, as long as a busy Azure says.
 */
const giveUpMinutes = 10;

/**
 * The person takes back their own request before it is granted or has started.
 * @throws Refusal `not_found` for somebody else's, `not_cancellable` once Azure has granted or ended it.
 */
export async function cancel(ctx: PersonContext, requestId: string, seal: SealedTokens): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      const held = await isHeldBack(tx, request);
      if (!held && !mayCancel(ctx.actor, request)) throw new Refusal('not_cancellable');
      return { request, held };
    },
    async (tx, { request, held }) => {
      if (held) return neverAsked(tx, request);
      await keepToken(tx, requestId, audienceOf[request.plane], seal);
      await enqueue(tx, 'withdraw', { requestId, traceId: ctx.traceId });
      const checkAt = plusMinutes(await clock(tx), giveUpMinutes);
      return move(tx, request, 'withdrawing', { failure: null, checkAt }, 'request.cancel_asked');
    },
  );
  failPoint('cancel:after-intent');
}

/** It waited for another: Azure has not heard of it, and will not. */
async function neverAsked(tx: Tx, request: RequestRecord) {
  await dropTokens(tx, request.id);
  return move(tx, request, 'withdrawn', { checkAt: null, endedAt: await clock(tx) }, 'request.cancelled');
}
