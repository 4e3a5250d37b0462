import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { webhookEndpoints } from '#db/schema/deliveries.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { testEvent } from '#lib/domain/webhook-event.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { send } from './publish.ts';

/** Sends an endpoint an event about nothing. @throws Refusal `not_found`; `conflict` for one that is off. */
export async function testEndpoint(ctx: PersonContext, endpointId: string): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [known] = await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId));
      if (!known) throw new Refusal('not_found');
      if (!known.enabled) throw new Refusal('conflict');
      return known;
    },
    async (tx, { name }) => {
      const data = { by: { id: ctx.actor.objectId, name: ctx.actor.name } };
      const happenedAt = await clock(tx);
      await send(tx, { id: randomUUID(), type: testEvent, data, happenedAt }, [endpointId], null);
      const subject = { kind: 'webhook' as const, id: endpointId };
      return { value: null, entries: [{ action: 'webhook.tested', subject, details: { name } }] };
    },
  );
}
