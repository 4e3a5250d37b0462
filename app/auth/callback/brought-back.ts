import type { NextRequest } from 'next/server';
import { attemptCookie, sessionCookie } from '#lib/auth/cookie.ts';
import type { Callback } from '#lib/auth/finish-sign-in.ts';
import { traceOf } from '#lib/auth/trace.ts';

/** What the browser brought back from the authority. */
export function broughtBack(request: NextRequest): Callback {
  return {
    query: request.nextUrl.searchParams,
    browser: request.cookies.get(attemptCookie().name)?.value,
    session: request.cookies.get(sessionCookie().name)?.value,
    userAgent: request.headers.get('user-agent'),
    now: new Date(),
    traceId: traceOf(request.headers),
  };
}
