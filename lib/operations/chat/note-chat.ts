import { db } from '#db/client.ts';
import { chatStates } from '#db/schema/chat.ts';
import type { Chat } from '#lib/domain/chat.ts';

type Noted =
  | { heardAt: Date }
  | { refusedAt: Date; refusal: string }
  | { answeredAt: Date }
  | { failedAt: Date; failure: string };

/** Notes how a chat is, for administrators: a line a chat, by the machine's time. */
export async function noteChat(chat: Chat, noted: Noted): Promise<void> {
  await db()
    .insert(chatStates)
    .values({ chat, ...noted })
    .onConflictDoUpdate({ target: chatStates.chat, set: noted });
}
