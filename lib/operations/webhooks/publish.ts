import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { among } from '#db/among.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { deliveries, webhookEndpoints, webhookEvents } from '#db/schema/deliveries.ts';
import { requests } from '#db/schema/requests.ts';
import type { Entry } from '#lib/audit/record.ts';
import { isWebhookEvent } from '#lib/domain/webhook-event.ts';
import { enqueueDelivery } from '#lib/operations/letters/enqueue-delivery.ts';

/** Tells the endpoints that want it what goes on record here: one event, one delivery for each, in the same transaction. */
export async function publish(
  tx: Tx,
  entries: readonly Pick<Entry, 'action' | 'subject' | 'doer'>[],
): Promise<void> {
  const told = entries.filter(({ action, subject }) => subject.kind === 'request' && isWebhookEvent(action));
  if (told.length === 0) return;
  const endpoints = await tx
    .select({ id: webhookEndpoints.id, events: webhookEndpoints.events })
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.enabled, true));
  const wanted = told.filter(({ action }) => endpoints.some(({ events }) => events.includes(action)));
  if (wanted.length === 0) return;
  const happenedAt = await clock(tx);
  const about = await factsOf(
    tx,
    wanted.map(({ subject }) => subject.id),
  );
  for (const { action, subject, doer } of wanted) {
    const by = doer.kind === 'person' ? { id: doer.id, name: doer.name } : null;
    const event = { id: randomUUID(), type: action, data: { ...about.get(subject.id), by }, happenedAt };
    const to = endpoints.filter(({ events }) => events.includes(action)).map(({ id }) => id);
    await send(tx, event, to, subject.id);
  }
}

/** Writes one event and its deliveries, and takes their jobs. */
export async function send(
  tx: Tx,
  event: typeof webhookEvents.$inferInsert,
  endpointIds: readonly string[],
  requestId: string | null,
): Promise<void> {
  await tx.insert(webhookEvents).values(event);
  for (const address of endpointIds) {
    const id = randomUUID();
    const { happenedAt } = event;
    const when = { dueAt: happenedAt, queuedAt: happenedAt, createdAt: happenedAt };
    const delivery = { id, channel: 'webhook', address } as const;
    await tx.insert(deliveries).values({ ...delivery, eventId: event.id, requestId, ...when });
    await enqueueDelivery(tx, delivery, id);
  }
}

/** Of each request what endpoints are told. What people wrote is left out where an endpoint does not get it. */
async function factsOf(tx: Tx, ids: string[]): Promise<Map<string, Record<string, unknown>>> {
  const rows = await tx.select().from(requests).where(among(requests.id, ids));
  return new Map(
    rows.map((row) => [
      row.id,
      {
        requestId: row.id,
        status: row.status,
        requester: { id: row.requesterId, name: row.requesterName },
        role: { plane: row.plane, id: row.roleId, name: row.roleName },
        scope: { id: row.scopeId, name: row.scopeName },
        minutes: row.minutes,
        startsAt: row.startsAt?.toISOString() ?? null,
        endsAt: row.endsAt?.toISOString() ?? null,
        ticketNumber: row.ticketNumber || null,
        justification: row.justification,
      },
    ]),
  );
}
