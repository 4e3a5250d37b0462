import type { NextRequest } from 'next/server';
import { seeOther } from '#app/auth/answer.ts';
import { refusing } from '#app/refusing.ts';
import { sessionCookie } from '#lib/auth/cookie.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import { signOut } from '#lib/auth/sign-out.ts';
import { traceOf } from '#lib/auth/trace.ts';

/** Signs out here and at the authority. A form of Stint's own posts to it; another site's is refused. */
export async function POST(request: NextRequest): Promise<Response> {
  return refusing(request, 'POST /auth/sign-out', async () => {
    requireSameOrigin(request.headers);
    const { name, ...options } = sessionCookie();
    const answer = seeOther(
      await signOut(request.cookies.get(name)?.value, new Date(), traceOf(request.headers)),
    );
    answer.cookies.set(name, '', { ...options, maxAge: 0 });
    return answer;
  });
}
