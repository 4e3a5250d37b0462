import { connection, type NextRequest, NextResponse } from 'next/server';
import { frontChannelSignOut } from '#lib/auth/front-channel.ts';
import { traceOf } from '#lib/auth/trace.ts';

/** The authority's notice that somebody signed out; it is answered the same whether we knew them or not. */
export async function GET(request: NextRequest): Promise<NextResponse> {
  await connection();
  await frontChannelSignOut(request.nextUrl.searchParams, new Date(), traceOf(request.headers));
  return new NextResponse(null, { status: 200, headers: { 'cache-control': 'no-store' } });
}
