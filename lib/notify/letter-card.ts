import type { ChatCard } from '#lib/domain/chat-card.ts';
import { asksForDecision } from '#lib/domain/delivery.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { NotifyFault } from './faults.ts';
import type { Delivery } from './ports.ts';

/** What chats ask of the record when they write to somebody. */
export interface ChatReads {
  /** What a person may see of a request there now; null: nothing. */
  cardOf(personId: string, requestId: string): Promise<ChatCard | null>;
  /** Where a linked account is reached; null: it is not linked any more. */
  accountAt(accountId: string): Promise<ChatAccountPlace | null>;
}

export interface ChatAccountPlace {
  userId: string;
  /** A Bot Framework conversation; Slack has none. */
  conversation: Conversation | null;
}

/** A conversation reference of the Bot Framework, with its two as the chat names them. */
export interface Conversation {
  serviceUrl: string;
  conversationId: string;
  memberId: string;
  botId: string;
}

/** Whether what was sent follows how its request stands: what asks for a decision does. */
export function follows({ letter }: Delivery): boolean {
  return letter.requestId !== null && asksForDecision(letter.kind);
}

/** A letter as a card: what asks for a decision with all that is to be seen of its request now, the rest as it was written. */
export async function letterCard(delivery: Delivery, { cardOf }: ChatReads): Promise<ChatCard> {
  const { letter, person } = delivery;
  const { subject: title, lines, path, button } = wordsOf(letter);
  const { requestId } = letter;
  const card = requestId && follows(delivery) ? await cardOf(person.id, requestId) : null;
  if (card) return { ...card, title, says: lines.slice(0, 1) };
  const standing = letter.standing && follows(delivery) && !letter.standing.isOpen;
  return {
    ...{ requestId: null, title, says: lines, facts: [], reason: null, risks: [], path, button },
    standing: standing ? { is: 'over', says: letter.standing?.says ?? '' } : { is: 'news' },
  };
}

/** @throws NotifyFault `gone` for an account that is not linked any more. */
export async function placeOf({ address }: Delivery, { accountAt }: ChatReads): Promise<ChatAccountPlace> {
  const place = await accountAt(address);
  if (!place) throw new NotifyFault('gone', 'This chat account is not linked any more.');
  return place;
}
