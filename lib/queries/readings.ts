import { eq, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clockOffset } from '#db/schema/clock.ts';
import { mirrorRuns } from '#db/schema/mirror.ts';
import { type Plane, planes } from '#lib/domain/plane.ts';

/** Stint's time, how old a mirror is then (its oldest plane; null when one was never read) and what failed at the last try. */
export async function readings(
  principalId: string,
): Promise<{ now: Date; readAt: Date | null; failures: { plane: Plane; failure: string }[] }> {
  const rows = await db()
    .select({ now: sql`stint_now()`.mapWith(mirrorRuns.triedAt), run: mirrorRuns })
    .from(clockOffset)
    .leftJoin(mirrorRuns, eq(mirrorRuns.principalId, principalId));
  const [first] = rows;
  if (!first) throw new Error('The database did not tell the time.');
  const runs = rows.flatMap(({ run }) => run ?? []);
  const times = planes.map((plane) => runs.find((run) => run.plane === plane)?.readAt ?? null);
  const readAt = times.reduce(
    (oldest, at) => (oldest && at && at < oldest ? at : at && oldest),
    times[0] ?? null,
  );
  const failures = runs.flatMap((run) => (run.failure ? [{ plane: run.plane, failure: run.failure }] : []));
  return { now: first.now, readAt, failures };
}
