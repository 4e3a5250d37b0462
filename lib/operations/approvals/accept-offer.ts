import { sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { next } from '#lib/domain/stages.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { keepStanding } from './keep-standing.ts';
import { lessOf } from './less.ts';
import { letterOf } from './letter-of.ts';
import { answerOffer, mustBeOpen } from './open-offer.ts';
import { refuseOtherRule } from './other-rule.ts';
import { mustWaitOwn } from './seat.ts';
import { signAsOffered } from './sign-as-offered.ts';
import { refuseLiveThere, takeTerms } from './take-terms.ts';

interface Accepted {
  requestId: string;
  offerId: string;
}

const voided = 'The requester took an offer that this signature was not given for.';

/**
 * The requester takes what was offered: the same request goes on with those terms. Signatures that fit them stay, others
 * are void and their people told. The offerer’s own yes is only implied where the offer said so, and is looked at like
 * any other.
 * @throws Refusal `not_found` for somebody else’s, `not_pending`, `offer_closed`; `malformed` when its time has come
 * meanwhile; `policy_asks_more`, `frozen`; `already_live` at the narrower place.
 */
export async function acceptOffer(ctx: PersonContext, { requestId, offerId }: Accepted): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      // As in filing: what is asked for anew meanwhile waits.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`submits ${ctx.actor.objectId}`}))`);
      const waiting = await mustWaitOwn(tx, ctx, requestId);
      const open = await mustBeOpen(tx, requestId, offerId);
      const now = await clock(tx);
      const { minutes, scopeId, startsAt } = open.terms;
      const from = startsAt === null ? undefined : new Date(startsAt);
      const less = await lessOf(tx, waiting.request, { minutes, scopeId, startsAt: from }, now);
      await refuseOtherRule(tx, waiting, less, now);
      if (less.place) await refuseLiveThere(tx, waiting.request, less.place.id);
      const outcome = next(waiting.pinned, waiting.standing, { is: 'narrow', ...less });
      if (outcome.is === 'no') throw new Refusal(outcome.code);
      return { ...waiting, ...less, open, now, to: outcome.standing };
    },
    async (tx, { open, now, to, ...waiting }) => {
      await answerOffer(tx, open, 'accepted', now);
      const taken = await takeTerms(tx, waiting, waiting);
      await keepStanding(tx, waiting, to, { why: voided });
      const fallen = to.signatures.filter(
        ({ id, state }) =>
          state === 'void' && waiting.signatures.some((one) => one.id === id && one.state !== 'void'),
      );
      const signed = await signAsOffered(tx, ctx, open);
      const said = { byName: ctx.actor.name, text: 'accepted' };
      await tell(tx, [
        letterOf(taken, 'offer_answered', open.byId, offerId, said),
        ...waiting.signatures
          .filter(({ id }) => fallen.some((one) => one.id === id))
          .map(({ id, approverId }) =>
            letterOf(taken, 'asked_to_sign', approverId, `void ${id}`, { text: voided }),
          ),
      ]);
      await announce(tx, await onScreenOf(tx, requestId));
      const { terms } = waiting;
      const details = {
        ...{ offer: offerId, terms, offeredBy: open.byName, signs: signed.length > 0 },
        ...(fallen.length > 0 && { void: fallen.map(({ name }) => name) }),
      };
      const subject = { kind: 'request' as const, id: requestId };
      return { value: null, entries: [{ action: 'request.offer_accepted', subject, details }, ...signed] };
    },
  );
}
