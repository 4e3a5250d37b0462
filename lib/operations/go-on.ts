import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { decisions } from '#db/schema/requests.ts';
import { asksTheSame, type Challenge } from '#lib/domain/challenge.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { decide } from './approvals/decide.ts';
import type { PersonContext, SealedTokens } from './context.ts';
import { answerChallenge } from './requests/answer-challenge.ts';
import { cancel } from './requests/cancel.ts';
import { end } from './requests/end.ts';
import { loadRequest } from './requests/move.ts';

/** What a stronger sign-in was made for. */
export interface SteppedUpFor extends Pick<Challenge, 'audience' | 'claims'> {
  requestId: string;
  decisionId: string | null;
}

/**
 * After a stronger sign-in: the very thing that Azure asked it for goes on, by the rules of that thing: the request,
 * its end, its cancellation, or the decision on it with the reason it had.
 * @throws Refusal `not_found` for somebody else's, `conflict` when nothing waits for this sign-in (any more),
 * ProofNeeded for a decision made too long ago where Stint asks for a fresh sign-in of its own.
 */
export async function goOn(ctx: PersonContext, asked: SteppedUpFor, seal: SealedTokens): Promise<void> {
  if (asked.decisionId) return decideAgain(ctx, asked.decisionId, asked, seal);
  const request = await loadRequest(db(), asked.requestId);
  if (request?.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
  const isAsked = request.challenge !== null && asksTheSame(request.challenge, asked);
  switch (request.status) {
    case 'active':
      // What was to go with it went at the click: what follows it now was chosen to be kept.
      if (isAsked) return end(ctx, request.id, seal, { keepFollowOn: true, ...request.challenge?.manner });
      break;
    case 'awaiting_approval':
    case 'scheduled':
      if (isAsked) return cancel(ctx, request.id, seal);
  }
  return answerChallenge(ctx, request.id, asked, seal);
}

async function decideAgain(
  ctx: PersonContext,
  decisionId: string,
  asked: SteppedUpFor,
  seal: SealedTokens,
): Promise<void> {
  const [made] = await db().select().from(decisions).where(eq(decisions.id, decisionId));
  if (made?.approverId !== ctx.actor.objectId || made.requestId !== asked.requestId)
    throw new Refusal('not_found');
  const { challenge, requestId, approve, justification, decidedAt: madeAt } = made;
  if (made.state !== 'failed' || !challenge || !asksTheSame(challenge, asked)) throw new Refusal('conflict');
  await decide(ctx, { requestId, approve, justification }, seal, { answered: { challenge, madeAt } });
}
