'use server';

import { z } from 'zod';
import { door } from '#app/(portal)/door.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { asPerson } from '#lib/operations/context.ts';
import { replayJob } from '#lib/operations/replay-job.ts';

/** Has a job that failed for good tried again. */
export async function replayDeadJob(id: string): Promise<Outcome<null>> {
  return door('replayDeadJob', z.guid(), id, async (known, { traceId }, session) => {
    await replayJob(asPerson(await freshActor(session, traceId), traceId), known);
    return null;
  });
}
