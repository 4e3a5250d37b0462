import { connection } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { requireSession } from '#lib/auth/current-actor.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { letterNews } from '#lib/queries/letters.ts';

/** How many letters the person has not read, and which of them their browser is to show: what an open page asks for. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return refusing(request, 'GET /api/letters', async () => {
    const { actor } = await requireSession();
    takeOne('read', actor.objectId);
    return Response.json(await letterNews(actor), { headers: { 'cache-control': 'no-store' } });
  });
}
