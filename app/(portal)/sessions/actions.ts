'use server';

import { z } from 'zod';
import { door, sessionId } from '#app/(portal)/door.ts';
import { endOneSession, endOtherSessions } from '#lib/auth/end-sessions-of.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import type { Outcome } from '#lib/domain/refusal.ts';

/** Ends one session: the person's own, or as an administrator somebody else's. */
export async function endSession(id: string): Promise<Outcome<null>> {
  return door('endSession', sessionId, id, async (known, { traceId, call }, session) => {
    const ending = { now: new Date(), traceId, call };
    await endOneSession(await freshActor(session, traceId), known, ending);
    return null;
  });
}

/** Ends every session of the person but this one. */
export async function endOthers(): Promise<Outcome<null>> {
  return door('endOthers', z.undefined(), undefined, async (_, { traceId }, session) => {
    await endOtherSessions(session, { now: new Date(), traceId });
    return null;
  });
}
