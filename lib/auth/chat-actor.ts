import { and, eq, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { chatAccounts } from '#db/schema/chat.ts';
import { people } from '#db/schema/people.ts';
import { config } from '#lib/config/config.ts';
import type { Actor } from '#lib/domain/actor.ts';
import type { ChatUser } from '#lib/domain/chat.ts';

/**
 * Whose a chat account is, as they linked it themselves; null: nobody's. A chat brings no role of Stint: what somebody
 * may there is what any approver may.
 */
export async function chatActor({
  chat,
  workspaceId,
  userId,
}: Pick<ChatUser, 'chat' | 'workspaceId' | 'userId'>): Promise<Actor | null> {
  const [row] = await db()
    .select({ objectId: chatAccounts.personId, linkedName: chatAccounts.personName, person: people })
    .from(chatAccounts)
    .leftJoin(people, eq(people.objectId, chatAccounts.personId))
    .where(
      and(
        eq(chatAccounts.chat, chat),
        eq(chatAccounts.workspaceId, workspaceId),
        eq(chatAccounts.userId, userId),
        isNull(chatAccounts.endedAt),
      ),
    );
  if (!row) return null;
  const name = row.person?.name ?? row.linkedName;
  const { objectId } = row;
  return { tenantId: config().tenantId, objectId, name, upn: row.person?.upn ?? objectId, roles: [] };
}
