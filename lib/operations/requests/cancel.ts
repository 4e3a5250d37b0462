import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { isHeldForEnd } from '#lib/domain/follow-on.ts';
import { mayCancel } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { beginCancelling } from './begin-cancelling.ts';
import { isHeldBack } from './hold-back.ts';
import { mustLoad } from './move.ts';
import { neverTaken } from './never-taken.ts';

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
      const held = isHeldForEnd(request, await clock(tx)) || (await isHeldBack(tx, request));
      if (!held && !mayCancel(ctx.actor, request)) throw new Refusal('not_cancellable');
      return { request, held };
    },
    (tx, { request, held }) => (held ? neverTaken(tx, request) : beginCancelling(tx, ctx, request, seal)),
  );
  failPoint('cancel:after-intent');
}
