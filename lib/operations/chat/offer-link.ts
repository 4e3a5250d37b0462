import { db } from '#db/client.ts';
import { chatLinks } from '#db/schema/chat.ts';
import { type ChatUser, linkMinutes } from '#lib/domain/chat.ts';
import { plusMinutes } from '#lib/domain/time.ts';

/**
 * Keeps a one-time code, by its hash, for the chat account that asked for it: the newest only. `now` is the machine's.
 * Nothing is linked by it before a person claims it, signed in.
 */
export async function offerLink(user: ChatUser, codeHash: string, now: Date): Promise<void> {
  const fresh = { codeHash, ...user, expiresAt: plusMinutes(now, linkMinutes) };
  const unclaimed = { claimedBy: null, digitsHash: null, triesLeft: 0 };
  const { chat, workspaceId, userId } = chatLinks;
  await db()
    .insert(chatLinks)
    .values({ ...fresh, ...unclaimed })
    .onConflictDoUpdate({ target: [chat, workspaceId, userId], set: { ...fresh, ...unclaimed } });
}
