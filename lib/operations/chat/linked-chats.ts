import { and, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { chatAccounts } from '#db/schema/chat.ts';

/** The chat accounts of these people, as they are linked now. */
export async function linkedChats(tx: Tx, personIds: readonly string[]) {
  const { personId, chat, id, endedAt } = chatAccounts;
  return tx
    .select({ personId, chat, id })
    .from(chatAccounts)
    .where(and(inArray(personId, [...personIds]), isNull(endedAt)));
}
