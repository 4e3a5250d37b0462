import { and, eq } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { chatLinks } from '#db/schema/chat.ts';
import { type ChatUser, linkMinutes } from '#lib/domain/chat.ts';
import { plusMinutes } from '#lib/domain/time.ts';

/**
 * Keeps a one-time code, by its hash, for the chat account that asked for it: the newest only. `now` is the machine's.
 * Nothing is linked by it before the person confirms it, signed in.
 */
export async function offerLink(user: ChatUser, codeHash: string, now: Date): Promise<void> {
  const { chat, workspaceId, userId } = user;
  await transaction(async (tx) => {
    await tx
      .delete(chatLinks)
      .where(
        and(eq(chatLinks.chat, chat), eq(chatLinks.workspaceId, workspaceId), eq(chatLinks.userId, userId)),
      );
    await tx.insert(chatLinks).values({ codeHash, ...user, expiresAt: plusMinutes(now, linkMinutes) });
  });
}
