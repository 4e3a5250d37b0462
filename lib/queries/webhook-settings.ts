import { asc, eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { deliveries, webhookEndpoints } from '#db/schema/deliveries.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { DeliveryRow, EndpointRow } from './delivery-rows.ts';
import { deliveriesWhere } from './delivery-settings.ts';

const mostLast = 25;

/** Every endpoint, never with a secret; null for whoever does not administer Stint. */
export async function webhookSettings(viewer: Actor): Promise<{ now: Date; rows: EndpointRow[] } | null> {
  if (!mayAdminister(viewer)) return null;
  const { id, name, url, events, sendsReasons, enabled, disabledWhy } = webhookEndpoints;
  const { version, changedAt, changedByName, previousUntil } = webhookEndpoints;
  const its = sql`from ${deliveries} d where d.channel = 'webhook' and d.address = ${webhookEndpoints.id}::text`;
  const [now, rows] = await Promise.all([
    clock(db()),
    db()
      .select({
        ...{ id, name, url, events, sendsReasons, enabled, disabledWhy, version, changedAt, changedByName },
        previousUntil,
        lastSentAt: sql<string | Date | null>`(select max(d.sent_at) ${its})`,
        failing: sql<number>`(select count(*)::int ${its} and d.state in ('failed', 'dead'))`,
      })
      .from(webhookEndpoints)
      .orderBy(asc(name)),
  ]);
  return {
    now,
    rows: rows.map(({ previousUntil: until, lastSentAt, ...row }) => ({
      ...row,
      bothUntil: until && until > now ? until : null,
      lastSentAt: lastSentAt ? new Date(lastSentAt) : null,
    })),
  };
}

/** The last events of one endpoint, as they went. Asked for by a page that knows who looks. */
export function lastDeliveriesOf(endpointId: string): Promise<DeliveryRow[]> {
  return deliveriesWhere(eq(deliveries.address, endpointId), mostLast);
}
