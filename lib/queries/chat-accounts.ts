import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { chatAccounts, chatLinks } from '#db/schema/chat.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { ChatAccountRow, ChatLinkRow } from './chat-rows.ts';

/** The viewer's own chat accounts. */
export async function chatAccountsOf(viewer: Actor): Promise<ChatAccountRow[]> {
  const { id, chat, userName, workspaceName, linkedAt, personId, endedAt } = chatAccounts;
  return db()
    .select({ id, chat, userName, workspaceName, linkedAt })
    .from(chatAccounts)
    .where(and(eq(personId, viewer.objectId), isNull(endedAt)))
    .orderBy(asc(chat));
}

/** What a one-time code would link, by the code's hash; null: it is used or over. `now` is the machine's. */
export async function chatLink(viewer: Actor, codeHash: string, now: Date): Promise<ChatLinkRow | null> {
  const [row] = await db()
    .select()
    .from(chatLinks)
    .where(and(eq(chatLinks.codeHash, codeHash), gt(chatLinks.expiresAt, now)));
  if (!row) return null;
  const { chat, userId, userName, workspaceName } = row;
  return { chat, userName, workspaceName, isOthers: chat === 'teams' && userId !== viewer.objectId };
}
