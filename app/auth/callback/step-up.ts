import type { NextRequest, NextResponse } from 'next/server';
import { steppedUp } from '#app/auth/answer.ts';
import { sealForAct } from '#lib/auth/act-seal.ts';
import { sessionCookie } from '#lib/auth/cookie.ts';
import { currentSession } from '#lib/auth/current-actor.ts';
import { finishStepUp, type SteppedUp } from '#lib/auth/finish-step-up.ts';
import { refused } from '#lib/auth/refused.ts';
import { startSession } from '#lib/auth/start-session.ts';
import { StepUpFailure } from '#lib/auth/step-up-failure.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { type StepUpOutcome, steppedUpFor } from '#lib/domain/step-up.ts';
import { asPerson, type SealedTokens } from '#lib/operations/context.ts';
import { goOn } from '#lib/operations/go-on.ts';
import { broughtBack } from './brought-back.ts';

const door = 'GET /auth/callback';

/** A stronger sign-in comes back: the request goes on first, then the session gets a new id and the new tokens. */
export async function stepUp(request: NextRequest): Promise<NextResponse> {
  const callback = broughtBack(request);
  try {
    const done = await finishStepUp(callback);
    const outcome = await sendOn(request, done, callback.traceId);
    const { person, tokens, session: before } = done;
    const { userAgent, now, traceId } = callback;
    const replaces = before.secret;
    const session = await startSession({ person, tokens, replaces, userAgent, now, traceId });
    const answer = steppedUp(outcome, done.stepUp);
    const { name, ...options } = sessionCookie();
    answer.cookies.set(name, session.secret, options);
    return answer;
  } catch (error) {
    if (!(error instanceof StepUpFailure)) throw error;
    // Every other failure is on the record with its request; this one belongs to none.
    if (error.reason === 'lapsed') {
      const session = await currentSession();
      await refused(request.headers, session?.actor ?? null, { door, code: 'step_up_lapsed' });
    }
    return steppedUp(error.reason, error.stepUp);
  }
}

async function sendOn(
  request: NextRequest,
  { person, stepUp: asked, accessToken }: SteppedUp,
  traceId: string,
): Promise<StepUpOutcome> {
  const { objectId, tenantId, name, upn, roles } = person;
  const actor = { objectId, tenantId, name, upn, roles };
  const seal: SealedTokens = (actId, audience) => {
    if (audience !== asked.audience) throw new Error(`This sign-in gave no ${audience} token.`);
    return sealForAct(actId, audience, accessToken);
  };
  try {
    await goOn(asPerson(actor, traceId), asked, seal);
    return 'done';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await refused(request.headers, actor, { door, code: error.code, subject: asked.requestId });
    return steppedUpFor(error.code);
  }
}
