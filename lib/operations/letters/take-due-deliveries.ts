import { and, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { enqueueDelivery } from './enqueue-delivery.ts';

const mostAtOnce = 200;
/** A job that was taken and never ran is taken anew after this. */
const patienceSeconds = 60;

/** Takes a job for every delivery that is due and has none: tried again, held until now, or lost. */
export async function takeDueDeliveries(traceId: () => string): Promise<void> {
  await transaction(async (tx) => {
    const isForgotten = lt(deliveries.queuedAt, sql`stint_now() - make_interval(secs => ${patienceSeconds})`);
    const due = await tx
      .select({
        ...{ id: deliveries.id, channel: deliveries.channel, isHeld: deliveries.isHeld },
        address: deliveries.address,
      })
      .from(deliveries)
      .where(and(lte(deliveries.dueAt, sql`stint_now()`), or(isNull(deliveries.queuedAt), isForgotten)))
      .orderBy(deliveries.dueAt)
      .limit(mostAtOnce)
      .for('update', { skipLocked: true });
    if (due.length === 0) return;
    const ids = due.map(({ id }) => id);
    await tx.update(deliveries).set({ queuedAt: sql`stint_now()` }).where(inArray(deliveries.id, ids));
    // Those held for one person go out as one: the first takes the others along. An endpoint is told of one after another.
    const isOne = (one: (typeof due)[number]) => one.isHeld || one.channel === 'webhook';
    const firsts = new Map(due.toReversed().map((one) => [isOne(one) ? one.address : one.id, one]));
    for (const one of [...firsts.values()].toReversed()) await enqueueDelivery(tx, one, traceId());
  });
}
