import { and, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { chats } from '#lib/domain/chat.ts';

/**
 * Has the cards of a request brought up to how it stands, where there are any: in the transaction that changes it. Each
 * chat by itself: one that hangs keeps no card of the other.
 */
export async function refreshCards(tx: Tx, requestId: string): Promise<void> {
  const cards = await tx
    .selectDistinct({ channel: deliveries.channel })
    .from(deliveries)
    .where(and(eq(deliveries.requestId, requestId), isNotNull(deliveries.receipt)));
  for (const chat of chats)
    if (cards.some(({ channel }) => channel === chat))
      await enqueue(tx, `update-${chat}-cards`, { requestId, traceId: requestId });
}
