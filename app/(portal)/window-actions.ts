'use server';

import { headers } from 'next/headers';
import { z } from 'zod';
import { refused } from '#lib/auth/refused.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { type Outcome, Refusal } from '#lib/domain/refusal.ts';
import { addNeed } from '#lib/operations/requests/add-need.ts';
import { callOffEnd } from '#lib/operations/requests/call-off-end.ts';
import { endOrAsk } from '#lib/operations/requests/end-or-ask.ts';
import { extend } from '#lib/operations/requests/extend.ts';
import { askRevocation } from '#lib/operations/sessions/ask-revocation.ts';
import { checkTicket } from '#lib/operations/tickets/check-ticket.ts';
import { requestPlane } from '#lib/queries/request-plane.ts';
import type { EndResult } from '#lib/queries/rows.ts';
import { liveTickets } from '#lib/tickets/live.ts';
import { door, requestId, sealer, sealerOrChallenges, typed } from './door.ts';

const minutes = z.number().int().min(1).max(100_000);
const longer = z.object({ requestId, minutes, justification: typed, ticketNumber: typed });

/** More time: a second activation that starts when this one ends. */
export async function extendRequest(input: z.input<typeof longer>): Promise<Outcome<{ requestId: string }>> {
  return door('extendRequest', longer, input, async (asked, ctx, session) => {
    const tokens = await sealerOrChallenges(session, await audiences([asked.requestId]));
    const ticketCheck = await checkTicket(asked.ticketNumber, liveTickets);
    return { requestId: await extend(ctx, { ...asked, ticketCheck }, tokens.seal, tokens.asked) };
  });
}

/** Another ticket needs what is on already. */
export async function addNeedToRequest(
  input: z.input<typeof longer>,
): Promise<Outcome<{ until: Date; isShort: boolean }>> {
  return door('addNeedToRequest', longer, input, async (asked, ctx) => {
    const ticketCheck = await checkTicket(asked.ticketNumber, liveTickets);
    return addNeed(ctx, { ...asked, ticketCheck });
  });
}

const ends = z.object({
  ends: z
    .array(z.object({ requestId, ticketNumber: typed.nullish() }))
    .min(1)
    .max(50),
  soonest: z.boolean().optional(),
  keepFollowOn: z.boolean().optional(),
});

/** Ends several at once, each for all it is needed for or for one ticket; each is answered on its own. */
export async function endRequests(input: z.input<typeof ends>): Promise<Outcome<EndResult[]>> {
  return door('endRequests', ends, input, async ({ ends: meant, ...manner }, ctx, session) => {
    const tokens = await sealerOrChallenges(session, await audiences(meant.map((one) => one.requestId)));
    const results: EndResult[] = [];
    for (const of of meant) {
      try {
        results.push({
          requestId: of.requestId,
          became: await endOrAsk(ctx, of, tokens, manner),
          refusal: null,
        });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code, message, field } = error;
        await refused(await headers(), session.actor, { door: 'endRequests', code, subject: of.requestId });
        results.push({ requestId: of.requestId, became: null, refusal: { code, message, field } });
      }
    }
    return results;
  });
}

/** It stays on after all. */
export async function callOffRequestEnd(id: string): Promise<Outcome<null>> {
  return door('callOffRequestEnd', requestId, id, async (known, ctx) => {
    await callOffEnd(ctx, known);
    return null;
  });
}

const sure = z.object({ sure: z.literal(true) });

/** Has Entra end every sign-in of the person, everywhere; Stint's own follow. */
export async function revokeMySessions(input: z.input<typeof sure>): Promise<Outcome<null>> {
  return door('revokeMySessions', sure, input, async (_, ctx, session) => {
    await askRevocation(ctx, await sealer(session, ['graph']));
    return null;
  });
}

/** Whose tokens these acts need. What nobody has on record needs none, and is refused further in. */
async function audiences(ids: string[]) {
  const planes = await Promise.all(ids.map((id) => requestPlane(id)));
  return planes.flatMap((plane) => (plane ? [audienceOf[plane]] : []));
}
