import { randomUUID } from 'node:crypto';
import { connection } from 'next/server';
import { refusing } from '#app/refusing.ts';
import { callOf } from '#lib/auth/call-of.ts';
import { requireSession } from '#lib/auth/current-actor.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import { openOne, takeOne } from '#lib/auth/rate.ts';
import { refused } from '#lib/auth/refused.ts';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';
import { stepUpAsk } from '#lib/auth/step-up-ask.ts';
import { TRACE_HEADER } from '#lib/auth/trace.ts';
import { ProofNeeded } from '#lib/domain/proof.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { asPerson } from '#lib/operations/context.ts';
import { importArchive } from '#lib/operations/posture/import-archive.ts';

const day = /^[12]\d{3}-\d\d-\d\d$/;
const dayMinutes = 1440;
const door = 'POST /api/imports/audit-archive';

/**
 * Takes an archive of the tenant's audit log, JSON lines as the body, from administrators: activations that the tenant's
 * own log has forgotten. `?from=` and `?until=` name the days (UTC, both included) it covers; without them it covers the
 * time from its first line to its last. 256 MB at most, 1 MB a line; one at a time of each person. `proxy.ts` is not
 * asked here: it would hold the body in memory, and cut it off.
 */
export async function POST(request: Request): Promise<Response> {
  await connection();
  const traceId = randomUUID();
  const headers = new Headers(request.headers);
  headers.set(TRACE_HEADER, traceId);
  const asked = new Request(request.url, { headers });
  const answer = await refusing(asked, door, async () => {
    requireSameOrigin(headers);
    const session = await requireSession();
    takeOne('write', session.actor.objectId);
    const actor = await freshActor(session, traceId);
    const query = new URL(request.url).searchParams;
    const until = dayOf(query, 'until');
    const stated = { fromAt: dayOf(query, 'from'), untilAt: until && plusMinutes(until, dayMinutes) };
    const call = callOf(session, door, query.toString(), new Date());
    const ctx = { ...asPerson(actor, traceId, call), administers: true };
    const over = openOne('import', actor.objectId);
    try {
      return Response.json(await importArchive(ctx, partsOf(request), stated));
    } catch (error) {
      if (!(error instanceof ProofNeeded)) throw error;
      const { code, message, field } = error;
      await refused(headers, actor, { door, code });
      const stepUp = await stepUpAsk(session, call, error);
      return Response.json({ ok: false, code, message, field, stepUp }, { status: 403 });
    } finally {
      over();
    }
  });
  answer.headers.set('cache-control', 'no-store');
  answer.headers.set('x-content-type-options', 'nosniff');
  return answer;
}

async function* partsOf({ body }: Request): AsyncGenerator<Uint8Array> {
  yield* body ?? [];
}

function dayOf(query: URLSearchParams, name: string): Date | null {
  const text = query.get(name);
  if (!text) return null;
  const at = new Date(day.test(text) ? `${text}T00:00:00Z` : Number.NaN);
  if (Number.isNaN(at.getTime())) throw new Refusal('malformed', 'A day is written like 2026-06-30.', name);
  return at;
}
