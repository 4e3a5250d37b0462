import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { inventoryParts, inventoryRuns } from '#db/schema/inventory.ts';
import { useCoverage, useEvents } from '#db/schema/posture.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import { coveredSince, useSources } from '#lib/domain/use.ts';
import type { UseKnown } from './inventory-rows.ts';

/** Since when use is known, without a hole until now; null to whom the tenant's posture is not open. */
export async function knownSince(viewer: Actor): Promise<Pick<UseKnown, 'since'> | null> {
  if (!mayReadPosture(viewer)) return null;
  const [known, now] = await Promise.all([db().select().from(useCoverage), clock(db())]);
  return { since: coveredSince(known, now) };
}

/** What use is known from, source by source, with all its events counted; null to whom the tenant's posture is not open. */
export async function knownUse(viewer: Actor): Promise<UseKnown | null> {
  if (!mayReadPosture(viewer)) return null;
  const [known, now, unclear, begun] = await Promise.all([
    db().select().from(useCoverage).orderBy(useCoverage.fromAt),
    clock(db()),
    unclearInLog(),
    db()
      .select({ source: useEvents.source, count: sql<number>`count(*)::int` })
      .from(useEvents)
      .where(sql`what = 'begun'`)
      .groupBy(useEvents.source),
  ]);
  return {
    ...{ now, unclear },
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

/** Of the last reading that came to the log's end. */
async function unclearInLog(): Promise<number> {
  const [last] = await db()
    .select({ unclear: inventoryParts.unclear })
    .from(inventoryParts)
    .innerJoin(inventoryRuns, eq(inventoryRuns.id, inventoryParts.runId))
    .where(
      and(
        eq(inventoryParts.list, 'activation_log'),
        eq(inventoryParts.state, 'done'),
        isNotNull(inventoryRuns.finishedAt),
      ),
    )
    .orderBy(desc(inventoryRuns.startedAt))
    .limit(1);
  return last?.unclear ?? 0;
}
