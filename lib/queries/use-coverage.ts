import { sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { useCoverage, useEvents } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { coveredSince, useSources } from '#lib/domain/use.ts';
import type { UseKnown } from './inventory-rows.ts';

/** What use is known from, source by source; null to whom the tenant's posture is not open. */
export async function knownUse(viewer: Actor): Promise<UseKnown | null> {
  if (!mayReadPosture(viewer)) return null;
  const [known, now, begun] = await Promise.all([
    db().select().from(useCoverage).orderBy(useCoverage.fromAt),
    clock(db()),
    db()
      .select({ source: useEvents.source, count: sql<number>`count(*)::int` })
      .from(useEvents)
      .where(sql`what = 'begun'`)
      .groupBy(useEvents.source),
  ]);
  return {
    now,
    since: coveredSince(known, now),
    sources: useSources.map((source) => ({
      source,
      activations: source === 'stint' ? null : (begun.find((one) => one.source === source)?.count ?? 0),
      covered: known
        .filter((one) => one.source === source)
        .map(({ fromAt, untilAt }) => ({ fromAt, untilAt })),
    })),
  };
}
