import { and, inArray, isNull } from 'drizzle-orm';
import type { Reader } from './client.ts';
import { chatAccounts } from './schema/chat.ts';

/** The chat accounts of these people, as they are linked now. */
export async function linkedChats(from: Reader, personIds: readonly string[]) {
  const { personId, chat, id, endedAt } = chatAccounts;
  return from
    .select({ personId, chat, id })
    .from(chatAccounts)
    .where(and(inArray(personId, [...personIds]), isNull(endedAt)));
}
