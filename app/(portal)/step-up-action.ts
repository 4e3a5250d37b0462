'use server';

import { z } from 'zod';
import { showProof as show } from '#lib/auth/show-proof.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { door } from './door.ts';

const shown = z.object({ act: z.string().regex(/^[\w-]{43}$/), token: z.string().max(20_000) });

/** Shows a fresh sign-in for one act of this session, which is then sent again. */
export async function showProof(input: z.input<typeof shown>): Promise<Outcome<null>> {
  return door('showProof', shown, input, async ({ act, token }, { call }, session) => {
    await show(session, { act, token, now: call?.at ?? new Date() });
    return null;
  });
}
