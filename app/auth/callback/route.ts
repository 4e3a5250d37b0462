import { connection, type NextRequest, type NextResponse } from 'next/server';
import { failed, seeOther } from '#app/auth/answer.ts';
import { attemptCookie, sessionCookie } from '#lib/auth/cookie.ts';
import { finishSignIn } from '#lib/auth/finish-sign-in.ts';
import { ownUrl } from '#lib/auth/own-url.ts';
import { SignInFailure } from '#lib/auth/sign-in-failure.ts';
import { traceOf } from '#lib/auth/trace.ts';

/** The authority sends the browser back here. */
export async function GET(request: NextRequest): Promise<NextResponse> {
  await connection();
  const { name, ...options } = sessionCookie();
  try {
    const { session, returnTo } = await finishSignIn({
      query: request.nextUrl.searchParams,
      browser: request.cookies.get(attemptCookie().name)?.value,
      session: request.cookies.get(name)?.value,
      userAgent: request.headers.get('user-agent'),
      now: new Date(),
      traceId: traceOf(request.headers),
    });
    const answer = seeOther(ownUrl(returnTo));
    answer.cookies.set(name, session.secret, options);
    return answer;
  } catch (error) {
    if (error instanceof SignInFailure) return failed(error);
    throw error;
  }
}
