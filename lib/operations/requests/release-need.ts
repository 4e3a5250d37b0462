import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { sameTicket, ticketsOn } from '#lib/domain/need.ts';
import { mayEnd } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { beginEnding, type Manner } from './begin-ending.ts';
import { mustLoad, note } from './move.ts';
import { needsOf } from './needs-of.ts';
import { releaseNeeds } from './release-needs.ts';

/**
 * One ticket is done with an activation. It ends when no other needs it; else it stays on for those that do, and the
 * answer says so. More time that was asked for another ticket stays asked for.
 * @throws Refusal `not_found` also for a ticket it is not on for, `not_active`, and what `beginEnding` refuses.
 */
export async function releaseNeed(
  ctx: PersonContext,
  { requestId, ticketNumber }: { requestId: string; ticketNumber: string },
  seal: SealedTokens,
  manner: Manner = {},
): Promise<'ending' | 'kept'> {
  return change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      if (!mayEnd(ctx.actor, request)) throw new Refusal('not_active');
      const now = await clock(tx);
      const tickets = ticketsOn(request.ticketNumber, await needsOf(tx, requestId), now);
      if (!tickets.some((ticket) => sameTicket(ticket, ticketNumber))) throw new Refusal('not_found');
      // An end to come is for all of them, whatever else is said to be done.
      const others = request.endAfter ? [] : tickets.filter((ticket) => !sameTicket(ticket, ticketNumber));
      return { request, now, others };
    },
    async (tx, { request, now, others }) => {
      if (others.length === 0) {
        const entries = await beginEnding(tx, ctx, { request, now, seal, manner, ticketNumber });
        return { value: 'ending', entries };
      }
      const entries = await releaseNeeds(tx, requestId, ticketNumber);
      await note(tx, request, {});
      await announce(tx, [request.requesterId]);
      return { value: 'kept', entries };
    },
  );
}
