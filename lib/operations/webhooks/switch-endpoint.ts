import { and, eq, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { webhookEndpoints } from '#db/schema/deliveries.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Switches an endpoint off, or on again: also one that Stint itself switched off.
 * @throws Refusal `not_found` for who does not administer Stint; `conflict` when it is so already.
 */
export async function switchEndpoint(
  ctx: PersonContext,
  { endpointId, on }: { endpointId: string; on: boolean },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [known] = await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId));
      if (!known) throw new Refusal('not_found');
      return { known, now: await clock(tx) };
    },
    async (tx, { known, now }) => {
      const by = { changedAt: now, changedByName: ctx.actor.name };
      const switched = await tx
        .update(webhookEndpoints)
        .set({ enabled: on, disabledWhy: null, version: sql`${webhookEndpoints.version} + 1`, ...by })
        .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.enabled, !on)))
        .returning();
      if (switched.length === 0) throw new Refusal('conflict');
      const action = on ? 'webhook.switched_on' : 'webhook.switched_off';
      const subject = { kind: 'webhook' as const, id: endpointId };
      return { value: null, entries: [{ action, subject, details: { name: known.name } }] };
    },
  );
}
