import { NextResponse } from 'next/server';
import { ownUrl } from '#lib/auth/own-url.ts';
import type { SignInFailure } from '#lib/auth/sign-in-failure.ts';
import type { StepUpOutcome } from '#lib/domain/step-up.ts';

/** Sends the browser on with a GET, whatever it came with (RFC 9110, 303). Never kept: the answer is for one moment. */
export function seeOther(location: string): NextResponse {
  const answer = NextResponse.redirect(location, 303);
  answer.headers.set('cache-control', 'no-store');
  return answer;
}

/** Sends the browser to the page for failed sign-ins. */
export function failed({ reason, returnTo }: SignInFailure): NextResponse {
  return seeOther(ownUrl(`/auth/failed?${new URLSearchParams({ reason, returnTo })}`));
}

/** What a stronger sign-in was for, as far as it is known. */
interface SteppedFor {
  requestId: string;
  decisionId: string | null;
  popup: boolean;
}

/** Sends the browser on from a stronger sign-in: its window to the page that closes it, the page back to the request. */
export function steppedUp(outcome: StepUpOutcome, from: SteppedFor | null): NextResponse {
  if (!from || from.popup) {
    const query = new URLSearchParams({ outcome, ...(from && { request: from.requestId }) });
    return seeOther(ownUrl(`/auth/stepped-up?${query}`));
  }
  const said = outcome === 'done' ? '' : `?stepUp=${outcome}`;
  return seeOther(
    ownUrl(from.decisionId ? `/approvals${said}#${from.requestId}` : `/requests/${from.requestId}${said}`),
  );
}
