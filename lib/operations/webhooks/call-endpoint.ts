import { and, eq, gte } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { webhookEndpoints, webhookEvents } from '#db/schema/deliveries.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import type { Outlets } from '#lib/notify/ports.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import type { Claimed } from '#lib/operations/letters/claim.ts';

/**
 * Tells an endpoint of an event. One that says it is gone is switched off, on record; one whose address leads where Stint
 * calls nobody is on record. @throws NotifyFault
 */
export async function callEndpoint(
  ctx: Context,
  { eventId }: Claimed['row'],
  endpointId: string,
  callWebhook: Outlets['callWebhook'],
): Promise<void> {
  const [event] = await db()
    .select()
    .from(webhookEvents)
    .where(eq(webhookEvents.id, eventId ?? ''));
  const [endpoint] = await db().select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId));
  if (!event || !endpoint) throw new NotifyFault('refused', 'Its endpoint is not there any more.');
  if (!endpoint.enabled) throw new NotifyFault('refused', 'Its endpoint is switched off.');
  const { id, type, happenedAt } = event;
  const data = endpoint.sendsReasons ? event.data : withoutReasons(event.data);
  const { sealedSecret, previousSecret, previousUntil } = endpoint;
  const isBefore = previousUntil && previousUntil > (await clock(db()));
  const secrets = [sealedSecret, ...(previousSecret && isBefore ? [previousSecret] : [])];
  try {
    await callWebhook({
      ...{ id, url: endpoint.url },
      body: JSON.stringify({ type, timestamp: happenedAt.toISOString(), data }),
      sealedSecrets: secrets.map((sealed) => ({ endpointId, sealed })),
    });
  } catch (error) {
    if (error instanceof NotifyFault && error.kind === 'gone') await switchOff(ctx, endpointId);
    if (error instanceof NotifyFault && error.kind === 'refused') await noteRefused(ctx, endpoint, error);
    throw error;
  }
}

/** What people wrote goes only where an administrator ticked it. */
function withoutReasons({ justification: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}

function switchOff(ctx: Context, endpointId: string): Promise<null> {
  const disabledWhy = 'It answered 410: it wants no more of these.';
  return change(
    ctx,
    async (tx) => tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, endpointId)).for('update'),
    async (tx, [before]) => {
      if (!before?.enabled) return { value: null, entries: [] };
      await tx
        .update(webhookEndpoints)
        .set({ enabled: false, disabledWhy })
        .where(eq(webhookEndpoints.id, endpointId));
      const subject = { kind: 'webhook' as const, id: endpointId };
      const details = { name: before.name, why: disabledWhy };
      return { value: null, entries: [{ action: 'webhook.switched_off', subject, details }] };
    },
  );
}

/** Once for an endpoint as it was saved: every event would say the same. */
function noteRefused(
  ctx: Context,
  { id, name, changedAt }: typeof webhookEndpoints.$inferSelect,
  { message }: NotifyFault,
): Promise<null> {
  const action = 'webhook.address_refused';
  const subject = { kind: 'webhook' as const, id };
  return change(
    ctx,
    async (tx) => {
      await tx.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id)).for('update');
      const told = and(eq(auditEntries.subjectId, id), eq(auditEntries.action, action));
      return tx.$count(auditEntries, and(told, gte(auditEntries.at, changedAt)));
    },
    async (_, told) => ({
      value: null,
      entries: told > 0 ? [] : [{ action, subject, details: { name, why: message } }],
    }),
  );
}
