'use server';

import { z } from 'zod';
import { type Outcome, Refusal } from '#lib/domain/refusal.ts';
import { acceptOffer as accept } from '#lib/operations/approvals/accept-offer.ts';
import { answer, ask } from '#lib/operations/approvals/ask.ts';
import { declineOffer as decline } from '#lib/operations/approvals/decline-offer.ts';
import { handOver } from '#lib/operations/approvals/hand-over.ts';
import { nudge } from '#lib/operations/approvals/nudge.ts';
import { offer } from '#lib/operations/approvals/offer.ts';
import { watchRequest } from '#lib/operations/approvals/watch-request.ts';
import { type PlaceToOffer, placesToOffer } from '#lib/queries/places-to-offer.ts';
import { door, requestId, shownStage, typed } from './door.ts';

const less = z.object({
  requestId,
  shownStage,
  minutes: z.number().int().min(1).max(100_000).optional(),
  scopeId: z.string().max(1000).optional(),
  startsAt: z.iso.datetime({ offset: true }).optional(),
  reason: typed,
  signs: z.boolean(),
});

/** An approver offers less than is asked. */
export async function offerLess(input: z.input<typeof less>): Promise<Outcome<null>> {
  return door('offerLess', less, input, async ({ minutes, scopeId, startsAt, ...asked }, ctx) => {
    const terms = { minutes, scopeId, startsAt: startsAt ? new Date(startsAt) : undefined };
    await offer(ctx, { ...asked, terms });
    return null;
  });
}

/** Places below a request’s own that an approver may offer. */
export async function placesBelowRequest(id: string): Promise<Outcome<PlaceToOffer[]>> {
  return door('placesBelowRequest', requestId, id, async (known, { actor }) => {
    const places = await placesToOffer(actor, known);
    if (!places) throw new Refusal('not_found');
    return places;
  });
}

const answered = z.object({ requestId, offerId: z.guid() });

/** The requester takes an offer. */
export async function acceptOffer(input: z.input<typeof answered>): Promise<Outcome<null>> {
  return door('acceptOffer', answered, input, async (asked, ctx) => {
    await accept(ctx, asked);
    return null;
  });
}

/** The requester keeps to what they asked for. */
export async function declineOffer(input: z.input<typeof answered>): Promise<Outcome<null>> {
  return door('declineOffer', answered, input, async (asked, ctx) => {
    await decline(ctx, asked);
    return null;
  });
}

const said = z.object({ requestId, text: typed });

/** An approver asks the requester something. */
export async function askAboutRequest(input: z.input<typeof said>): Promise<Outcome<null>> {
  return door('askAboutRequest', said, input, async (asked, ctx) => {
    await ask(ctx, asked);
    return null;
  });
}

/** The requester answers. */
export async function answerAboutRequest(input: z.input<typeof said>): Promise<Outcome<null>> {
  return door('answerAboutRequest', said, input, async (asked, ctx) => {
    await answer(ctx, asked);
    return null;
  });
}

const hand = z.object({ requestId, to: typed, reason: typed });

/** An approver names somebody who may sign in their place. */
export async function handOverRequest(input: z.input<typeof hand>): Promise<Outcome<null>> {
  return door('handOverRequest', hand, input, async (asked, ctx) => {
    await handOver(ctx, asked);
    return null;
  });
}

/** The requester reminds everybody who may sign. */
export async function nudgeApprovers(id: string): Promise<Outcome<null>> {
  return door('nudgeApprovers', requestId, id, async (known, ctx) => {
    await nudge(ctx, known);
    return null;
  });
}

const follow = z.object({ requestId, on: z.boolean() });

/** Follows a request that the person may see, or no longer. */
export async function followRequest(input: z.input<typeof follow>): Promise<Outcome<null>> {
  return door('followRequest', follow, input, async (asked, ctx) => {
    await watchRequest(ctx, asked);
    return null;
  });
}
