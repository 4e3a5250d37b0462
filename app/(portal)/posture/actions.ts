'use server';

import { z } from 'zod';
import { door } from '#app/(portal)/door.ts';
import { freshActor } from '#lib/auth/fresh-actor.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { asPerson } from '#lib/operations/context.ts';
import { askReading } from '#lib/operations/inventory/begin-reading.ts';

/** Has Stint read the whole tenant now. */
export async function readTenant(): Promise<Outcome<null>> {
  return door('readTenant', z.undefined(), undefined, async (_, { traceId }, session) => {
    await askReading(asPerson(await freshActor(session, traceId), traceId));
    return null;
  });
}
