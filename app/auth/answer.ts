import { NextResponse } from 'next/server';
import { ownUrl } from '#lib/auth/own-url.ts';
import type { SignInFailure } from '#lib/auth/sign-in-failure.ts';

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
