'use server';

import { z } from 'zod';
import { administer } from '#app/(portal)/door.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { tryAgain } from '#lib/operations/letters/try-again.ts';

const deliveryId = z.guid();

/** Sends what did not arrive once more; an event also when it did. */
export async function tryDeliveryAgain(input: z.input<typeof deliveryId>): Promise<Outcome<null>> {
  return administer('tryDeliveryAgain', deliveryId, input, async (id, ctx) => {
    await tryAgain(ctx, id);
    return null;
  });
}
