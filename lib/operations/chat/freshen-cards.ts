import { transaction } from '#db/client.ts';
import { forgetShown } from '#lib/operations/letters/card-shown.ts';
import { refreshCards } from '#lib/operations/letters/refresh-cards.ts';

/** Somebody met a card that says what is not so any more: all of that request are written anew. */
export async function freshenCards(requestId: string): Promise<void> {
  await transaction(async (tx) => {
    await forgetShown(tx, requestId);
    await refreshCards(tx, requestId);
  });
}
