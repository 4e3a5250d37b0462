'use server';

import { z } from 'zod';
import { door } from '#app/(portal)/door.ts';
import { hashOf, newDigits } from '#lib/auth/secret.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import { claimLink } from '#lib/operations/chat/claim-link.ts';
import { unlinkAccount } from '#lib/operations/chat/unlink-account.ts';

/** As Stint makes them: 32 bytes. */
const code = z.string().regex(/^[\w-]{43}$/);

/**
 * Says that the chat account which was shown this code is the person's own. Answers the digits to type there, shown here
 * alone; null: it is linked already.
 */
export async function linkChatAccount(input: string): Promise<Outcome<string | null>> {
  return door('linkChatAccount', code, input, async (known, ctx) => {
    const digits = newDigits();
    const came = await claimLink(ctx, hashOf(known), hashOf(digits), new Date());
    return came === 'claimed' ? digits : null;
  });
}

/** Takes it back. */
export async function unlinkChatAccount(id: string): Promise<Outcome<null>> {
  return door('unlinkChatAccount', z.guid(), id, async (known, ctx) => {
    await unlinkAccount(ctx, known);
    return null;
  });
}
