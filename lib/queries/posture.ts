import { desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { inventoryParts, inventoryRuns } from '#db/schema/inventory.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { inventoryListNames } from '#lib/domain/inventory.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import type { Posture, ReadingRow } from './inventory-rows.ts';

/** Who holds what in numbers, and how well that is known; null to whom it is not open. */
export async function posture(viewer: Actor): Promise<Posture | null> {
  if (!mayReadPosture(viewer)) return null;
  const newest = db().select().from(inventoryRuns).orderBy(desc(inventoryRuns.startedAt)).limit(1);
  const [[last], [current], now] = await Promise.all([
    newest.where(isNotNull(inventoryRuns.finishedAt)),
    db().select().from(inventoryRuns).where(isNull(inventoryRuns.finishedAt)).limit(1),
    clock(db()),
  ]);
  return {
    now,
    last: last ? await readingOf(last) : null,
    current: current ? await readingOf(current) : null,
    totals: last?.totals ?? [],
  };
}

async function readingOf(run: typeof inventoryRuns.$inferSelect): Promise<ReadingRow> {
  const ofRun = eq(inventoryParts.runId, run.id);
  const [[progress], gaps] = await Promise.all([
    db()
      .select({
        parts: sql<number>`count(*)::int`,
        partsDone: sql<number>`count(*) filter (where state <> 'waiting')::int`,
        rows: sql<number>`coalesce(sum(rows), 0)::int`,
      })
      .from(inventoryParts)
      .where(ofRun),
    db()
      .select({ list: inventoryParts.list, place: inventoryParts.place, why: inventoryParts.failure })
      .from(inventoryParts)
      .where(sql`${ofRun} and failure is not null`)
      .orderBy(inventoryParts.list, inventoryParts.place)
      .limit(100),
  ]);
  const { startedAt, finishedAt, appeared, gone } = run;
  return {
    ...{ startedAt, finishedAt, appeared, gone },
    parts: progress?.parts ?? 0,
    partsDone: progress?.partsDone ?? 0,
    rows: progress?.rows ?? 0,
    gaps: gaps.map(({ list, place, why }) => ({ what: inventoryListNames[list], place, why: why ?? '' })),
  };
}
