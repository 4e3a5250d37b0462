import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { mayCancel } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { beginCancelling } from './begin-cancelling.ts';
import { isHeldBack } from './hold-back.ts';
import { move, mustLoad, type RequestRecord } from './move.ts';

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
    (tx, { request, held }) => (held ? neverAsked(tx, request) : beginCancelling(tx, ctx, request, seal)),
  );
  failPoint('cancel:after-intent');
}

/** It waited for another: Azure has not heard of it, and will not. */
async function neverAsked(tx: Tx, request: RequestRecord) {
  await dropTokens(tx, request.id);
  return move(tx, request, 'withdrawn', { checkAt: null, endedAt: await clock(tx) }, 'request.cancelled');
}
