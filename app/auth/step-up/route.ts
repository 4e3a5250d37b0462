import { connection, type NextRequest, type NextResponse } from 'next/server';
import { z } from 'zod';
import { seeOther, steppedUp } from '#app/auth/answer.ts';
import { refusing } from '#app/refusing.ts';
import { attemptCookie } from '#lib/auth/cookie.ts';
import { currentSession } from '#lib/auth/current-actor.ts';
import { ownUrl } from '#lib/auth/own-url.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { signInPath } from '#lib/auth/return-to.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import type { Session } from '#lib/auth/session.ts';
import { beginStepUp } from '#lib/auth/step-up.ts';
import { StepUpFailure } from '#lib/auth/step-up-failure.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { openChallenge, openDecisionChallenge } from '#lib/queries/open-challenge.ts';

const wanted = z.object({
  request: z.guid(),
  decision: z.guid().optional(),
  in: z.enum(['popup', 'page']).default('page'),
});

/** Begins the stronger sign-in that a request waits for, and sends the browser to the authority. */
export async function GET(request: NextRequest): Promise<Response> {
  await connection();
  return refusing(request, 'GET /auth/step-up', async () => {
    const asked = wanted.safeParse(Object.fromEntries(request.nextUrl.searchParams));
    if (!asked.success) throw new Refusal('not_found');
    const session = await currentSession();
    if (!session) return seeOther(ownUrl(signInPath(`/requests/${asked.data.request}`)));
    takeOne('write', session.actor.objectId);
    // A link from elsewhere must not send on what its person left to wait.
    requireSameOrigin(request.headers);
    return begin(request, session, asked.data);
  });
}

async function begin(
  request: NextRequest,
  session: Session,
  asked: z.infer<typeof wanted>,
): Promise<NextResponse> {
  const { decision: decisionId = null } = asked;
  const challenge = decisionId
    ? await openDecisionChallenge(session.actor, asked.request, decisionId)
    : await openChallenge(session.actor, asked.request);
  if (challenge === undefined) throw new Refusal('not_found');
  const subject = { requestId: asked.request, decisionId, popup: asked.in === 'popup' };
  if (!challenge) return steppedUp('overtaken', subject);
  const { audience, claims } = challenge;
  const { name, ...options } = attemptCookie();
  try {
    const browser = request.cookies.get(name)?.value;
    const begun = await beginStepUp(session, { ...subject, audience, claims, browser, now: new Date() });
    const answer = seeOther(begun.location);
    answer.cookies.set(name, begun.browser, options);
    return answer;
  } catch (error) {
    if (error instanceof StepUpFailure) return steppedUp(error.reason, subject);
    throw error;
  }
}
