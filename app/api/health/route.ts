import { connection, NextResponse } from 'next/server';
import { health } from '#lib/queries/health.ts';

/** For probes: 200 while Stint can serve, 503 when not. Says nothing about anybody. */
export async function GET(): Promise<NextResponse> {
  await connection();
  const state = await health();
  return NextResponse.json(state, {
    status: state.status === 'ok' ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}
