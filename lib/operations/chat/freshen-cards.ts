import { transaction } from '#db/client.ts';
import { refreshCards } from '#lib/operations/letters/refresh-cards.ts';

/** Somebody met a card that says what is not so any more: all of that request are written anew. */
export async function freshenCards(requestId: string): Promise<void> {
  await transaction((tx) => refreshCards(tx, requestId));
}
