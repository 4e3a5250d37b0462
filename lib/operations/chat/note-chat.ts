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

const everyMs = 5_000;
const held = globalThis as { stintChatNotes?: Map<string, number> };

/** That it called and was heard: told at most once in so many seconds. */
export async function noteHeard(chat: Chat, now: Date): Promise<void> {
  if (isDue(`${chat} heard`, now)) await noteChat(chat, { heardAt: now });
}

/** That a call in its name was refused: a flood of them costs a write in so many seconds. */
export async function noteRefused(chat: Chat, refusal: string, now: Date): Promise<void> {
  if (isDue(`${chat} refused`, now)) await noteChat(chat, { refusedAt: now, refusal });
}

function isDue(key: string, now: Date): boolean {
  held.stintChatNotes ??= new Map();
  if (now.getTime() - (held.stintChatNotes.get(key) ?? 0) < everyMs) return false;
  held.stintChatNotes.set(key, now.getTime());
  return true;
}
