import { and, asc, eq, gt, inArray, isNotNull, lte, ne, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { deliveries, webhookEndpoints } from '#db/schema/deliveries.ts';
import { enqueueDelivery } from '#lib/operations/letters/enqueue-delivery.ts';

const toBeSent = (endpointId: string) =>
  and(
    eq(deliveries.channel, 'webhook'),
    eq(deliveries.address, endpointId),
    inArray(deliveries.state, ['waiting', 'failed']),
  );

/**
 * Whether an endpoint is being told of another event just now: one that hangs then holds one worker, and not all. Holds
 * the endpoint until the end of the transaction, so that of two at once the second sees the first.
 */
export async function isBeingTold(tx: Tx, endpointId: string, deliveryId: string): Promise<boolean> {
  await tx
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpointId))
    .for('update');
  // In somebody's hands: taken for a try, whose lease is not over. What failed waits without a job.
  const inHand = and(gt(deliveries.dueAt, sql`stint_now()`), isNotNull(deliveries.queuedAt));
  const [other] = await tx
    .select({ id: deliveries.id })
    .from(deliveries)
    .where(and(toBeSent(endpointId), inHand, ne(deliveries.id, deliveryId)))
    .limit(1);
  return other !== undefined;
}

/** Takes a job for what has waited longest for an endpoint that is free again, if anything has. */
export async function tellNext(tx: Tx, endpointId: string): Promise<void> {
  const [next] = await tx
    .select({ id: deliveries.id, channel: deliveries.channel })
    .from(deliveries)
    .where(and(toBeSent(endpointId), lte(deliveries.dueAt, sql`stint_now()`)))
    .orderBy(asc(deliveries.dueAt), asc(deliveries.id))
    .limit(1);
  if (!next) return;
  await tx.update(deliveries).set({ queuedAt: sql`stint_now()` }).where(eq(deliveries.id, next.id));
  await enqueueDelivery(tx, next, next.id);
}
