import { connection } from 'next/server';
import { ownPath } from '#lib/auth/return-to.ts';
import { TooFast } from '#lib/domain/refusal.ts';

/** Where pages send who asks too often (RFC 6585, 429): in words with the way back, and in Retry-After. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  const { searchParams } = new URL(request.url);
  const asked = Number(searchParams.get('seconds'));
  const { message, seconds } = new TooFast(Number.isInteger(asked) ? Math.min(Math.max(asked, 1), 60) : 1);
  // An address has its quotes and brackets percent-encoded: only `&` means something in an attribute.
  const back = ownPath(searchParams.get('returnTo')).replaceAll('&', '&amp;');
  return new Response(page(message, back, request.headers.get('x-nonce') ?? ''), {
    status: 429,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': String(seconds),
      'cache-control': 'no-store',
    },
  });
}

function page(message: string, back: string, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Too fast · Stint</title>
<style nonce="${nonce}">body { max-width: 28rem; margin: 20vh auto; padding: 0 20px; font: 14px/1.45 system-ui, sans-serif }</style>
<main>
<h1>Too fast</h1>
<p>${message}</p>
<p><a href="${back}">Back to the page</a></p>
</main>
</html>
`;
}
