import { connection } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { currentSession } from '#lib/auth/current-actor.ts';
import { takeOne } from '#lib/auth/rate.ts';

/** Who is signed in at this browser, for pages that were open before; `null`: nobody, which is an answer and no refusal. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  return refusing(request, 'GET /api/who', async () => {
    const actor = (await currentSession())?.actor ?? null;
    if (actor) takeOne('read', actor.objectId);
    const who = actor && { objectId: actor.objectId, name: actor.name, upn: actor.upn };
    return Response.json(who, { headers: { 'cache-control': 'no-store' } });
  });
}
