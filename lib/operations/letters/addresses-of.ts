import { inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { principals } from '#db/schema/inventory.ts';
import { people } from '#db/schema/people.ts';
import type { PersonalChannel } from '#lib/domain/delivery.ts';
import { linkedChats } from '#lib/operations/chat/linked-chats.ts';

interface Address {
  channel: PersonalChannel;
  address: string;
}

/** Where people are reached: mail as Entra has it, never as somebody typed it. */
export async function addressesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Address[]>> {
  const of = new Map<string, Address[]>();
  const add = (id: string, one: Address) => of.set(id, [...(of.get(id) ?? []), one]);
  for (const [id, address] of await mailOf(tx, ids)) add(id, { channel: 'mail', address });
  for (const { personId, chat, id } of await linkedChats(tx, ids))
    add(personId, { channel: chat, address: id });
  return of;
}

async function mailOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const met = await tx
    .select({ id: people.objectId, upn: people.upn })
    .from(people)
    .where(inArray(people.objectId, [...ids]));
  const read = await tx
    .select({ id: principals.id, upn: principals.upn })
    .from(principals)
    .where(inArray(principals.id, [...ids]));
  return new Map([...met, ...read].flatMap(({ id, upn }) => (upn && isMail(upn) ? [[id, upn]] : [])));
}

/** A guest's user principal name is no address: it stands for one of another tenant. */
function isMail(upn: string): boolean {
  return /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/.test(upn) && !/#ext#/i.test(upn);
}
