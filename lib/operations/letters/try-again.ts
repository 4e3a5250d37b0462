import { and, eq, inArray, or } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { deliveries } from '#db/schema/deliveries.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { enqueueDelivery } from './enqueue-delivery.ts';

/**
 * Sends what failed or was given up once more, now, with all its tries before it; an event also when it arrived.
 * @throws Refusal `not_found` for who does not administer Stint; `conflict` where there is nothing to try again.
 */
export async function tryAgain(ctx: PersonContext, deliveryId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [known] = await tx.select().from(deliveries).where(eq(deliveries.id, deliveryId));
      if (!known) throw new Refusal('not_found');
      return { known, now: await clock(tx) };
    },
    async (tx, { known, now }) => {
      const isReplay = and(eq(deliveries.state, 'sent'), eq(deliveries.channel, 'webhook'));
      const taken = await tx
        .update(deliveries)
        .set({ state: 'waiting', tries: 0, isHeld: false, dueAt: now, queuedAt: now })
        .where(
          and(
            eq(deliveries.id, deliveryId),
            // Of two who press at once, the second finds it as it is now.
            eq(deliveries.tries, known.tries),
            or(inArray(deliveries.state, ['failed', 'dead']), isReplay),
          ),
        )
        .returning();
      if (taken.length === 0) throw new Refusal('conflict');
      await enqueueDelivery(tx, known, ctx.traceId);
      const { state, channel, failure } = known;
      const subject = { kind: 'delivery' as const, id: deliveryId };
      const details = { channel, was: state, failure };
      return { value: null, entries: [{ action: 'delivery.tried_again', subject, details }] };
    },
  );
}
