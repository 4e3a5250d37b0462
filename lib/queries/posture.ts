import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { latestParts } from '#db/latest-parts.ts';
import { inventoryParts, inventoryRuns } from '#db/schema/inventory.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { type InventoryList, inventoryListNames } from '#lib/domain/inventory.ts';
import { mayReadPosture } from '#lib/domain/permission.ts';
import type { LookRow, Posture, ReadingRow } from './inventory-rows.ts';

/** Who holds what in numbers, and how well that is known; null to whom it is not open. */
export async function posture(viewer: Actor): Promise<Posture | null> {
  if (!mayReadPosture(viewer)) return null;
  const isFull = eq(inventoryRuns.kind, 'full');
  const [last, looked, [current], now] = await Promise.all([
    newest(isFull),
    newest(eq(inventoryRuns.kind, 'changes')),
    db()
      .select()
      .from(inventoryRuns)
      .where(and(isFull, isNull(inventoryRuns.finishedAt)))
      .limit(1),
    clock(db()),
  ]);
  return {
    now,
    last: last ? await readingOf(last, await gapsLeft()) : null,
    looked: looked && last && looked.startedAt > last.startedAt ? await lookOf(looked) : null,
    current: current ? await readingOf(current, await gapsOf(current)) : null,
    totals: last?.totals ?? [],
  };
}

type Run = typeof inventoryRuns.$inferSelect;

async function newest(kind: SQL): Promise<Run | undefined> {
  const [run] = await db()
    .select()
    .from(inventoryRuns)
    .where(and(kind, isNotNull(inventoryRuns.finishedAt)))
    .orderBy(desc(inventoryRuns.startedAt))
    .limit(1);
  return run;
}

async function readingOf(run: Run, gaps: ReadingRow['gaps']): Promise<ReadingRow> {
  const [progress] = await db()
    .select({
      parts: sql<number>`count(*)::int`,
      partsDone: sql<number>`count(*) filter (where state <> 'waiting')::int`,
      rows: sql<number>`coalesce(sum(rows), 0)::int`,
    })
    .from(inventoryParts)
    .where(eq(inventoryParts.runId, run.id));
  const { startedAt, finishedAt, appeared, gone, policiesUnread } = run;
  return {
    ...{ startedAt, finishedAt, appeared, gone, gaps, policiesUnread },
    parts: progress?.parts ?? 0,
    partsDone: progress?.partsDone ?? 0,
    rows: progress?.rows ?? 0,
  };
}

/** A look at changes, and how much its logs and lists asked for; the logs it could not read are among the gaps left. */
async function lookOf({ id, finishedAt }: Run): Promise<LookRow> {
  const [counted] = await db()
    .select({
      told: sql<number>`count(*) filter (where told)::int`,
      pages: sql<number>`coalesce(sum(pages), 0)::int`,
    })
    .from(inventoryParts)
    .where(eq(inventoryParts.runId, id));
  return { finishedAt, told: counted?.told ?? 0, pages: counted?.pages ?? 0 };
}

const mostGaps = 100;

function gapsOf({ id }: Run): Promise<ReadingRow['gaps']> {
  return gapsIn(sql`inventory_parts`, sql`run_id = ${id}`);
}

/** Of the last whole reading and the looks since: what is still not read. */
function gapsLeft(): Promise<ReadingRow['gaps']> {
  return gapsIn(sql`${latestParts} latest`, sql`true`);
}

async function gapsIn(parts: SQL, which: SQL): Promise<ReadingRow['gaps']> {
  const answer = await db().execute(
    sql`select list, place, failure as why from ${parts} where ${which} and failure is not null
      order by list, place limit ${mostGaps}`,
  );
  const { rows } = answer as unknown as { rows: { list: InventoryList; place: string; why: string }[] };
  return rows.map(({ list, place, why }) => ({ what: inventoryListNames[list], place, why }));
}
