import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { mayEnd } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { floorMinutes, inWords, minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { move, mustLoad } from './move.ts';

/**
 * The person ends their own activation early. Written down first; Azure is told by the job, and the row
 * says “ending” until Azure no longer holds it.
 * @throws Refusal `not_found` for somebody else's, `not_active`, `under_the_floor` in PIM's first five minutes.
 */
export async function end(ctx: PersonContext, requestId: string, seal: SealedTokens): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (!mayEnd(ctx.actor, request)) throw new Refusal('not_active');
      const now = await clock(tx);
      const endableAt = plusMinutes(request.startsAt ?? request.filedAt, floorMinutes);
      if (now < endableAt) {
        const wait = inWords(Math.max(1, minutesBetween(now, endableAt)));
        throw new Refusal(
          'under_the_floor',
          `Azure keeps an activation for at least five minutes. You can end this in ${wait}.`,
        );
      }
      return { request, now };
    },
    async (tx, { request, now }) => {
      await keepToken(tx, requestId, audienceOf[request.plane], seal);
      // The version tells this click from an earlier one that came to nothing.
      await enqueue(tx, 'deactivate', { requestId, attempt: request.version, traceId: ctx.traceId });
      const patch = { failure: null, misses: 0, checkAt: plusMinutes(now, 1) };
      return move(tx, request, 'ending', patch, 'request.end_asked');
    },
  );
  failPoint('end:after-intent');
}
