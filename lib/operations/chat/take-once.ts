import { lt } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { chatLinks, chatSeen } from '#db/schema/chat.ts';

/** Takes a call of a chat, once: false when it was taken before. `until` is when a repetition is refused by its time alone. */
export async function takeOnce(key: string, until: Date): Promise<boolean> {
  const taken = await db()
    .insert(chatSeen)
    .values({ key, expiresAt: until })
    .onConflictDoNothing()
    .returning({ key: chatSeen.key });
  return taken.length === 1;
}

/** Forgets what no clock lets pass any more. `now` is the machine's. */
export async function sweepChat(now: Date): Promise<void> {
  await db().delete(chatSeen).where(lt(chatSeen.expiresAt, now));
  await db().delete(chatLinks).where(lt(chatLinks.expiresAt, now));
}
