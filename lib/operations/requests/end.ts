import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { mayEnd } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { beginEnding, type Manner } from './begin-ending.ts';
import { mustLoad } from './move.ts';

/**
 * The person ends their own activation early, whatever it was needed for. Written down first; Azure is told by the
 * job, and the row says “ending” until Azure no longer holds it.
 * @throws Refusal `not_found` for somebody else's, `not_active`, and what `beginEnding` refuses.
 */
export async function end(
  ctx: PersonContext,
  requestId: string,
  seal: SealedTokens,
  manner: Manner = {},
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (!mayEnd(ctx.actor, request)) throw new Refusal('not_active');
      return { request, now: await clock(tx) };
    },
    async (tx, { request, now }) => ({
      value: null,
      entries: await beginEnding(tx, ctx, { request, now, seal, manner }),
    }),
  );
  failPoint('end:after-intent');
}
