import { and, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { chatAccounts, chatConversations } from '#db/schema/chat.ts';
import type { ChatUser } from '#lib/domain/chat.ts';

interface Conversation {
  serviceUrl: string;
  conversationId: string;
  memberId: string;
  botId: string;
}

const ofUser = ({ chat, workspaceId, userId }: Pick<ChatUser, 'chat' | 'workspaceId' | 'userId'>) =>
  and(
    eq(chatConversations.chat, chat),
    eq(chatConversations.workspaceId, workspaceId),
    eq(chatConversations.userId, userId),
  );

/** Remembers where the bot may write to somebody: by what it last heard from there. */
export async function keepConversation(user: ChatUser, conversation: Conversation): Promise<void> {
  const { chat, workspaceId, userId } = user;
  const kept = { ...conversation, seenAt: sql`now()` };
  await db()
    .insert(chatConversations)
    .values({ chat, workspaceId, userId, ...kept })
    .onConflictDoUpdate({
      target: [chatConversations.chat, chatConversations.workspaceId, chatConversations.userId],
      set: kept,
    });
}

/** The bot was removed: nothing is written there any more. */
export async function dropConversation(user: ChatUser): Promise<void> {
  await db().delete(chatConversations).where(ofUser(user));
}

/** Where a linked account is reached now; null: it is not linked any more. */
export async function accountAt(
  accountId: string,
): Promise<{ userId: string; conversation: Conversation | null } | null> {
  const [account] = await db()
    .select()
    .from(chatAccounts)
    .where(and(eq(chatAccounts.id, accountId), sql`${chatAccounts.endedAt} is null`));
  if (!account) return null;
  const [conversation] = await db().select().from(chatConversations).where(ofUser(account));
  return { userId: account.userId, conversation: conversation ?? null };
}
