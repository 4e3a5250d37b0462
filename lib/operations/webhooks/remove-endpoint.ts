import { and, eq } from 'drizzle-orm';
import { webhookEndpoints } from '#db/schema/deliveries.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Removes an endpoint with its secrets; the record keeps where it was. What still waits for it does not arrive.
 * @throws Refusal `not_found` for who does not administer Stint, and for one that is not there; `conflict` while it is
 * switched on, and when somebody changed it since.
 */
export async function removeEndpoint(
  ctx: PersonContext,
  { endpointId, version }: { endpointId: string; version: number },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const its = eq(webhookEndpoints.id, endpointId);
      const [known] = await tx.select().from(webhookEndpoints).where(its).for('update');
      if (!known) throw new Refusal('not_found');
      if (known.enabled) throw new Refusal('conflict', 'It is switched on. Switch it off first.');
      if (known.version !== version) throw new Refusal('conflict');
      return known;
    },
    async (tx, { name, url }) => {
      const own = and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.version, version));
      await tx.delete(webhookEndpoints).where(own);
      const subject = { kind: 'webhook' as const, id: endpointId };
      return { value: null, entries: [{ action: 'webhook.removed', subject, details: { name, url } }] };
    },
  );
}
