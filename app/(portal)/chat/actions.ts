'use server';

import { z } from 'zod';
import { door } from '#app/(portal)/door.ts';
import { hashOf } from '#lib/auth/secret.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { linkAccount, unlinkAccount } from '#lib/operations/chat/link-account.ts';

/** As Stint makes them: 32 bytes. */
const code = z.string().regex(/^[\w-]{43}$/);

/** Says that the chat account which was shown this code is the person's own. */
export async function linkChatAccount(input: string): Promise<Outcome<null>> {
  return door('linkChatAccount', code, input, async (known, ctx) => {
    await linkAccount(ctx, hashOf(known), new Date());
    return null;
  });
}

/** Takes it back. */
export async function unlinkChatAccount(id: string): Promise<Outcome<null>> {
  return door('unlinkChatAccount', z.guid(), id, async (known, ctx) => {
    await unlinkAccount(ctx, known);
    return null;
  });
}
