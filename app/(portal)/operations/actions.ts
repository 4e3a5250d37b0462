'use server';

import { z } from 'zod';
import { administer } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { replayJob } from '#lib/operations/replay-job.ts';

/** Has a job that failed for good tried again. */
export async function replayDeadJob(id: string): Promise<Outcome<null>> {
  return administer('replayDeadJob', z.guid(), id, async (known, ctx) => {
    await replayJob(ctx, known);
    return null;
  });
}
