import { connection, type NextRequest, NextResponse } from 'next/server';
import { failed, seeOther } from '#app/auth/answer.ts';
import { refusing } from '#app/refusing.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { attemptCookie } from '#lib/auth/cookie.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { beginSignIn } from '#lib/auth/sign-in.ts';
import { SignInFailure } from '#lib/auth/sign-in-failure.ts';

/** Begins a sign-in and sends the browser to the authority. */
export async function GET(request: NextRequest): Promise<Response> {
  await connection();
  return refusing(request, 'GET /auth/sign-in', async () => {
    takeOne('sign_in', hashedAddress(request.headers));
    return begin(request);
  });
}

async function begin(request: NextRequest): Promise<NextResponse> {
  // Fetched behind a page whose session has ended: the browser is to come here itself, cookies and all.
  if (request.headers.get('sec-fetch-mode') === 'cors') return new NextResponse(null, { status: 204 });
  const { name, ...options } = attemptCookie();
  try {
    const { location, browser } = await beginSignIn({
      returnTo: request.nextUrl.searchParams.get('returnTo'),
      as: request.nextUrl.searchParams.get('as'),
      browser: request.cookies.get(name)?.value,
      now: new Date(),
    });
    const answer = seeOther(location);
    answer.cookies.set(name, browser, options);
    return answer;
  } catch (error) {
    if (error instanceof SignInFailure) return failed(error);
    throw error;
  }
}
