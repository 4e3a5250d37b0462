import { connection } from 'next/server';
import { TooFast } from '#lib/domain/refusal.ts';

/** Where pages send who asks too often (RFC 6585, 429): in words, and in Retry-After. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  const asked = Number(new URL(request.url).searchParams.get('seconds'));
  const { message, seconds } = new TooFast(Number.isInteger(asked) ? Math.min(Math.max(asked, 1), 60) : 1);
  return new Response(message, {
    status: 429,
    headers: { 'retry-after': String(seconds), 'cache-control': 'no-store' },
  });
}
