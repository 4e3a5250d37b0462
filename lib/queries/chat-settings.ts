import { count, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { chatAccounts, chatStates } from '#db/schema/chat.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { chats } from '#lib/domain/chat.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { ChatStateRow } from './chat-rows.ts';

/** How each chat is; null for who does not administer Stint. */
export async function chatSettings(viewer: Actor): Promise<ChatStateRow[] | null> {
  if (!mayAdminister(viewer)) return null;
  const [states, linked] = await Promise.all([
    db().select().from(chatStates),
    db()
      .select({ chat: chatAccounts.chat, linked: count() })
      .from(chatAccounts)
      .where(isNull(chatAccounts.endedAt))
      .groupBy(chatAccounts.chat),
  ]);
  const never = {
    heardAt: null,
    refusedAt: null,
    refusal: null,
    answeredAt: null,
    failedAt: null,
    failure: null,
  };
  return chats.map((chat) => ({
    ...never,
    ...states.find((state) => state.chat === chat),
    chat,
    linked: linked.find((one) => one.chat === chat)?.linked ?? 0,
  }));
}
