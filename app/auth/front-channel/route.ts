import { connection, type NextRequest } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { hashedAddress } from '#lib/auth/client-address.ts';
import { frontChannelSignOut } from '#lib/auth/front-channel.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { refused } from '#lib/auth/refused.ts';
import { traceOf } from '#lib/auth/trace.ts';

const door = 'GET /auth/front-channel';

/** The authority's notice that somebody signed out; it is answered the same whether we knew them or not. */
export async function GET(request: NextRequest): Promise<Response> {
  await connection();
  const { headers, nextUrl } = request;
  return refusing(request, door, async () => {
    takeOne('sign_in', hashedAddress(headers));
    const heard = await frontChannelSignOut(nextUrl.searchParams, new Date(), traceOf(headers));
    if (!heard) await refused(headers, null, { door, code: 'malformed' });
    return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
  });
}
