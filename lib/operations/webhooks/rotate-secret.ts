import { and, eq, sql } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { webhookEndpoints } from '#db/schema/deliveries.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { newSecret, type SealSecret } from './secret.ts';

/** Minutes in which the secret before signs too: the receiver has a day to take the new one. */
const bothMinutes = 24 * 60;

/**
 * Gives an endpoint a new secret, and answers it, once. @throws Refusal `not_found` for who does not administer Stint;
 * `conflict` when somebody changed it since.
 */
export async function rotateSecret(
  ctx: PersonContext,
  { endpointId, version }: { endpointId: string; version: number },
  seal: SealSecret,
): Promise<string> {
  return change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [known] = await tx
        .select()
        .from(webhookEndpoints)
        .where(eq(webhookEndpoints.id, endpointId))
        .for('update');
      if (!known) throw new Refusal('not_found');
      return { known, now: await clock(tx) };
    },
    async (tx, { known, now }) => {
      const secret = newSecret();
      const rotated = await tx
        .update(webhookEndpoints)
        .set({
          ...{ sealedSecret: seal(endpointId, secret), previousSecret: known.sealedSecret },
          ...{ previousUntil: plusMinutes(now, bothMinutes), version: sql`${webhookEndpoints.version} + 1` },
          ...{ changedAt: now, changedByName: ctx.actor.name },
        })
        .where(and(eq(webhookEndpoints.id, endpointId), eq(webhookEndpoints.version, version)))
        .returning();
      if (rotated.length === 0) throw new Refusal('conflict');
      const subject = { kind: 'webhook' as const, id: endpointId };
      const details = { name: known.name, beforeHoldsUntil: plusMinutes(now, bothMinutes).toISOString() };
      return { value: secret, entries: [{ action: 'webhook.secret_rotated', subject, details }] };
    },
  );
}
