import { inArray, sql } from 'drizzle-orm';
import type { PersonalChannel } from '#lib/domain/delivery.ts';
import type { Reader } from './client.ts';
import { linkedChats } from './linked-chats.ts';
import { principals } from './schema/inventory.ts';
import { people } from './schema/people.ts';

interface Address {
  channel: PersonalChannel;
  address: string;
}

/** Where people are reached: mail as Entra has it, never as somebody typed it. */
export async function addressesOf(from: Reader, ids: readonly string[]): Promise<Map<string, Address[]>> {
  const of = new Map<string, Address[]>();
  const add = (id: string, one: Address) => of.set(id, [...(of.get(id) ?? []), one]);
  for (const [id, address] of await mailOf(from, ids)) add(id, { channel: 'mail', address });
  for (const { personId, chat, id } of await linkedChats(from, ids))
    add(personId, { channel: chat, address: id });
  return of;
}

async function mailOf(from: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  const met = await from
    .select({ id: people.objectId, upn: people.upn })
    .from(people)
    .where(inArray(people.objectId, [...ids]));
  const read = await from
    .select({ id: principals.id, upn: sql<string | null>`coalesce(${principals.mail}, ${principals.upn})` })
    .from(principals)
    .where(inArray(principals.id, [...ids]));
  return new Map([...met, ...read].flatMap(({ id, upn }) => (upn && isMail(upn) ? [[id, upn]] : [])));
}

/** A guest's user principal name is no address: it stands for one of another tenant. */
function isMail(upn: string): boolean {
  return /^[^\s@<>",;:()[\]\\]+@[^\s@<>",;:()[\]\\]+$/.test(upn) && !/#ext#/i.test(upn);
}
