import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { watchRuns } from '#db/schema/watch.ts';
import { type Plane, planes } from '#lib/domain/plane.ts';

/** How often each plane is read. */
const everyMinutes = 1;
/** When a reading that never finished is given up; its job must not be handed to a second worker before. */
export const patienceMinutes = 10;
const keptDays = 3;

/**
 * Begins a reading of every plane that was not read for a minute: the run's row and its job, or neither. While
 * one is open no other worker begins the same.
 */
export async function takeDueWatches(traceId: () => string): Promise<number> {
  let taken = 0;
  for (const plane of planes) taken += (await transaction((tx) => take(tx, plane, traceId()))) ? 1 : 0;
  return taken;
}

async function take(tx: Tx, plane: Plane, traceId: string): Promise<boolean> {
  await tx
    .update(watchRuns)
    .set({ finishedAt: sql`stint_now()`, failure: 'The reading never came to its end.' })
    .where(
      and(
        eq(watchRuns.plane, plane),
        isNull(watchRuns.finishedAt),
        lt(watchRuns.startedAt, sql`stint_now() - make_interval(mins => ${patienceMinutes})`),
      ),
    );
  const runId = randomUUID();
  // A sandbox whose clock was set back has runs that lie ahead: they do not count.
  const result = await tx.execute(sql`
    insert into watch_runs (id, plane, started_at)
    select ${runId}, ${plane}, stint_now() where not exists (
      select 1 from watch_runs where plane = ${plane}
        and started_at > stint_now() - make_interval(mins => ${everyMinutes}) and started_at <= stint_now()
    )
    on conflict do nothing returning id`);
  if ((result as unknown as { rows: unknown[] }).rows.length === 0) return false;
  await enqueue(tx, 'watch', { runId, traceId });
  return true;
}

/** Forgets readings of earlier days; what they found is on record. */
export async function sweepWatchRuns(): Promise<void> {
  await transaction((tx) =>
    tx
      .delete(watchRuns)
      .where(lt(watchRuns.finishedAt, sql`stint_now() - make_interval(days => ${keptDays})`)),
  );
}
