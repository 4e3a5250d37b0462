import { and, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorRuns } from '#db/schema/mirror.ts';
import { type Plane, planes } from '#lib/domain/plane.ts';

/** How old a mirror is (its oldest plane; null when one was never read) and what failed at the last try. */
export async function readings(
  principalId: string,
): Promise<{ readAt: Date | null; failures: { plane: Plane; failure: string }[] }> {
  const runs = await db()
    .select()
    .from(mirrorRuns)
    .where(and(eq(mirrorRuns.principalId, principalId)));
  const times = planes.map((plane) => runs.find((run) => run.plane === plane)?.readAt ?? null);
  const readAt = times.reduce(
    (oldest, at) => (oldest && at && at < oldest ? at : at && oldest),
    times[0] ?? null,
  );
  const failures = runs.flatMap((run) => (run.failure ? [{ plane: run.plane, failure: run.failure }] : []));
  return { readAt, failures };
}
