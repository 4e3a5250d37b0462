import { connection } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { requireSession } from '#lib/auth/current-actor.ts';
import { takeOne } from '#lib/auth/rate.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import { traceOf } from '#lib/auth/trace.ts';
import { tellZone } from '#lib/operations/absences/tell-zone.ts';
import { asPerson } from '#lib/operations/context.ts';

/**
 * Keeps the time zone of the person’s browser (`?zone=`, an IANA name), for those who wait for their signature. A route
 * and no action: it is told beside whatever the person does, and nothing of theirs waits for it.
 */
export async function POST(request: Request): Promise<Response> {
  await connection();
  return refusing(request, 'POST /api/zone', async () => {
    requireSameOrigin(request.headers);
    const { actor } = await requireSession();
    takeOne('write', actor.objectId);
    const zone = new URL(request.url).searchParams.get('zone') ?? '';
    await tellZone(asPerson(actor, traceOf(request.headers)), zone);
    return new Response(null, { status: 204 });
  });
}
