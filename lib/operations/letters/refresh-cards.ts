import { and, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { deliveries } from '#db/schema/deliveries.ts';

/** Has the cards of a request brought up to how it stands, where there are any: in the transaction that changes it. */
export async function refreshCards(tx: Tx, requestId: string): Promise<void> {
  const [card] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(eq(deliveries.requestId, requestId), isNotNull(deliveries.receipt)))
    .limit(1);
  if (card) await enqueue(tx, 'update-cards', { requestId, traceId: requestId });
}
