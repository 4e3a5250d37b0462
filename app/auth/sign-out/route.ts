import { type NextRequest, NextResponse } from 'next/server';
import { seeOther } from '#app/auth/answer.ts';
import { sessionCookie } from '#lib/auth/cookie.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import { signOut } from '#lib/auth/sign-out.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/** Signs out here and at the authority. A form of Stint's own posts to it; another site's is refused. */
export async function POST(request: NextRequest): Promise<NextResponse> {
  try {
    requireSameOrigin(request.headers);
  } catch (error) {
    if (error instanceof Refusal) return new NextResponse(error.message, { status: 403 });
    throw error;
  }
  const { name, ...options } = sessionCookie();
  const answer = seeOther(
    await signOut(request.cookies.get(name)?.value, new Date(), traceOf(request.headers)),
  );
  answer.cookies.set(name, '', { ...options, maxAge: 0 });
  return answer;
}
