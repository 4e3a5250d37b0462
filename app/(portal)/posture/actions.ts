'use server';

import { z } from 'zod';
import { anew, door } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { askReading } from '#lib/operations/inventory/begin-reading.ts';

/** Has Stint read the whole tenant now. */
export async function readTenant(): Promise<Outcome<null>> {
  return door('readTenant', z.undefined(), undefined, async (_, ctx, session) => {
    await askReading(await anew(ctx, session));
    return null;
  });
}
