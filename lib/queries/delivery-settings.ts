import { and, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { deliveries, outboundChannels, webhookEndpoints, webhookEvents } from '#db/schema/deliveries.ts';
import { letters } from '#db/schema/letters.ts';
import { people } from '#db/schema/people.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { channelNames } from '#lib/domain/delivery.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { ChannelRow, DeliveryRow, DeliverySettings } from './delivery-rows.ts';

const mostTroubled = 100;

/** How every way out is doing, and what did not arrive; null for whoever does not administer Stint. */
export async function deliverySettings(viewer: Actor): Promise<DeliverySettings | null> {
  if (!mayAdminister(viewer)) return null;
  const [now, channels, troubled] = await Promise.all([
    clock(db()),
    channelStates(),
    deliveriesWhere(inArray(deliveries.state, ['failed', 'dead']), mostTroubled),
  ]);
  return { now, channels, troubled };
}

/** Every way out that is set up, or was used. */
export async function channelStates(): Promise<ChannelRow[]> {
  const [known, counted, sent] = await Promise.all([
    db().select().from(outboundChannels),
    db()
      .select({
        name: deliveries.channel,
        waiting: sql<number>`count(*) filter (where state = 'waiting')::int`,
        failing: sql<number>`count(*) filter (where state = 'failed')::int`,
        dead: sql<number>`count(*) filter (where state = 'dead')::int`,
        oldestAt: sql<string | Date | null>`min(created_at) filter (where due_at < stint_now())`,
      })
      .from(deliveries)
      .where(inArray(deliveries.state, ['waiting', 'failed', 'dead']))
      .groupBy(deliveries.channel),
    Promise.all(channelNames.map(lastSent)),
  ]);
  return channelNames.flatMap((name, index) => {
    const fact = known.find((one) => one.name === name);
    const numbers = counted.find((one) => one.name === name);
    if (!fact && !numbers) return [];
    const { waiting = 0, failing = 0, dead = 0, oldestAt = null } = numbers ?? {};
    return [
      {
        ...{ name, isSetUp: fact?.isSetUp ?? false, by: fact?.by ?? '', waiting, failing, dead },
        ...{ oldestAt: moment(oldestAt), ...(sent[index] ?? { lastSentAt: null, p95Seconds: null }) },
      },
    ];
  });
}

const moment = (at: string | Date | null | undefined) => (at ? new Date(at) : null);

async function lastSent(name: ChannelRow['name']): Promise<Pick<ChannelRow, 'lastSentAt' | 'p95Seconds'>> {
  const isIts = and(eq(deliveries.channel, name), sql`sent_at is not null`);
  const [[last], [day]] = await Promise.all([
    db()
      .select({ at: deliveries.sentAt })
      .from(deliveries)
      .where(isIts)
      .orderBy(desc(deliveries.sentAt))
      .limit(1),
    db()
      .select({
        p95: sql<number | null>`percentile_cont(0.95) within group
          (order by extract(epoch from sent_at - created_at)::float8)`,
      })
      .from(deliveries)
      .where(and(isIts, sql`not is_held and sent_at > stint_now() - interval '1 day'`)),
  ]);
  return { lastSentAt: last?.at ?? null, p95Seconds: day?.p95 ?? null };
}

/** Deliveries with what they say and to whom, the newest first. */
export async function deliveriesWhere(which: SQL, most: number): Promise<DeliveryRow[]> {
  const { id, channel, address, requestId, state, tries, failure, createdAt, dueAt, sentAt } = deliveries;
  const rows = await db()
    .select({
      ...{ id, channel, address, requestId, state, tries, failure, createdAt, dueAt, sentAt },
      ...{ letter: letters, type: webhookEvents.type, person: people.name, endpoint: webhookEndpoints.name },
    })
    .from(deliveries)
    .leftJoin(letters, eq(letters.id, deliveries.letterId))
    .leftJoin(people, eq(people.objectId, letters.personId))
    .leftJoin(webhookEvents, eq(webhookEvents.id, deliveries.eventId))
    .leftJoin(webhookEndpoints, sql`${webhookEndpoints.id}::text = ${deliveries.address}`)
    .where(which)
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(most);
  return rows.map(({ letter, type, person, endpoint, ...row }) => ({
    ...row,
    what: letter ? wordsOf(letter).subject : (type ?? ''),
    to: endpoint ?? person ?? (row.channel === 'webhook' ? 'an endpoint that was removed' : row.address),
  }));
}
