import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { letterOf } from './letter-of.ts';
import { answerOffer, mustBeOpen } from './open-offer.ts';
import { mustWaitOwn } from './seat.ts';

interface Declined {
  requestId: string;
  offerId: string;
}

/**
 * The requester keeps to what they asked for; it goes on waiting as it is.
 * @throws Refusal `not_found` for somebody else’s, `not_pending`, `offer_closed` when another offer took its place.
 */
export async function declineOffer(ctx: PersonContext, { requestId, offerId }: Declined): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const waiting = await mustWaitOwn(tx, ctx, requestId);
      return { ...waiting, open: await mustBeOpen(tx, requestId, offerId) };
    },
    async (tx, { request, open }) => {
      await answerOffer(tx, open, 'declined', await clock(tx));
      const said = { byName: ctx.actor.name, text: 'declined' };
      await tell(tx, [letterOf(request, 'offer_answered', open.byId, offerId, said)]);
      await announce(tx, await onScreenOf(tx, requestId));
      const subject = { kind: 'request' as const, id: requestId };
      return {
        value: null,
        entries: [{ action: 'request.offer_declined', subject, details: { offer: offerId } }],
      };
    },
  );
}
