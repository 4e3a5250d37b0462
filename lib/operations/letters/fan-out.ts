import { randomUUID } from 'node:crypto';
import { inArray } from 'drizzle-orm';
import { addressesOf } from '#db/addresses-of.ts';
import type { Tx } from '#db/client.ts';
import { deliveries, letterPreferences, outboundChannels } from '#db/schema/deliveries.ts';
import type { letters } from '#db/schema/letters.ts';
import { planOf, usualPreferences } from '#lib/domain/delivery.ts';
import { enqueueDelivery } from './enqueue-delivery.ts';

/** Writes one delivery for each way that each person wants each letter by, and takes the jobs of those that go now. */
export async function fanOut(
  tx: Tx,
  written: readonly (typeof letters.$inferSelect)[],
  now: Date,
): Promise<void> {
  const channels = await tx.select().from(outboundChannels);
  const setUp = new Set(channels.flatMap(({ name, isSetUp }) => (isSetUp ? [name] : [])));
  if (setUp.size === 0) return;
  const people = [...new Set(written.map(({ personId }) => personId))];
  const wanted = await tx.select().from(letterPreferences).where(inArray(letterPreferences.personId, people));
  const preferencesOf = new Map(wanted.map(({ personId, preferences }) => [personId, preferences]));
  const addresses = await addressesOf(tx, people);
  const all = written.flatMap(({ id, kind, personId, requestId }) =>
    (addresses.get(personId) ?? []).flatMap(({ channel, address }) => {
      if (!setUp.has(channel)) return [];
      const plan = planOf(kind, channel, preferencesOf.get(personId) ?? usualPreferences, now);
      if (!plan) return [];
      const isNow = plan.dueAt <= now;
      const own = { letterId: id, requestId, channel, address, createdAt: now };
      return [{ id: randomUUID(), ...own, ...plan, queuedAt: isNow ? now : null }];
    }),
  );
  if (all.length === 0) return;
  await tx.insert(deliveries).values(all).onConflictDoNothing();
  for (const one of all) if (one.queuedAt) await enqueueDelivery(tx, one, one.id);
}
