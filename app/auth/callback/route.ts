import { connection, type NextRequest, type NextResponse } from 'next/server';
import { failed, seeOther } from '#app/auth/answer.ts';
import { refusing } from '#app/refusing.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { sessionCookie } from '#lib/auth/cookie.ts';
import { finishSignIn } from '#lib/auth/finish-sign-in.ts';
import { ownUrl } from '#lib/auth/own-url.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refused } from '#lib/auth/refused.ts';
import { SignInFailure } from '#lib/auth/sign-in-failure.ts';
import { isStepUpState } from '#lib/auth/step-up.ts';
import { broughtBack } from './brought-back.ts';
import { stepUp } from './step-up.ts';

const door = 'GET /auth/callback';

/** The authority sends the browser back here. */
export async function GET(request: NextRequest): Promise<Response> {
  await connection();
  return refusing(request, door, async () => {
    takeOne('sign_in', hashedAddress(request.headers));
    return isStepUpState(request.nextUrl.searchParams.get('state')) ? stepUp(request) : finish(request);
  });
}

async function finish(request: NextRequest): Promise<NextResponse> {
  const { name, ...options } = sessionCookie();
  try {
    const { session, returnTo } = await finishSignIn(broughtBack(request));
    const answer = seeOther(ownUrl(returnTo));
    answer.cookies.set(name, session.secret, options);
    return answer;
  } catch (error) {
    if (!(error instanceof SignInFailure)) throw error;
    // Every other failure is on the record with its sign-in; this one belongs to none.
    if (error.reason === 'lapsed') await refused(request.headers, null, { door, code: error.reason });
    return failed(error);
  }
}
