import { and, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { PersonalChannel } from '#lib/domain/delivery.ts';
import type { Reader } from './client.ts';
import { linkedChats } from './linked-chats.ts';
import { principals } from './schema/inventory.ts';

interface Address {
  channel: PersonalChannel;
  address: string;
}

/**
 * Where people are reached. Mail goes to the mailbox that Entra names, as the last reading saw it, and nowhere else: a
 * user principal name may be nobody's mailbox, or somebody else's.
 */
export async function addressesOf(from: Reader, ids: readonly string[]): Promise<Map<string, Address[]>> {
  const of = new Map<string, Address[]>();
  const add = (id: string, one: Address) => of.set(id, [...(of.get(id) ?? []), one]);
  for (const { id, mail } of await mailOf(from, ids))
    if (mail && isMail(mail)) add(id, { channel: 'mail', address: mail });
  for (const { personId, chat, id } of await linkedChats(from, ids))
    add(personId, { channel: chat, address: id });
  return of;
}

async function mailOf(from: Reader, ids: readonly string[]) {
  const { id, mail, goneAt } = principals;
  return from
    .select({ id, mail })
    .from(principals)
    .where(and(inArray(id, [...ids]), isNotNull(mail), isNull(goneAt)));
}

/** One address and nothing beside it: it goes into a mail's head. */
function isMail(mail: string): boolean {
  return /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/.test(mail);
}
