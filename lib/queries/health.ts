import { max, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { mirrorRuns } from '#db/schema/mirror.ts';

export interface Health {
  status: 'ok' | 'failing';
  database: 'ok' | 'failing';
  jobs: 'ok' | 'failing';
  /** Seconds since any mirror was last read; null: nobody has signed in yet. */
  mirrorAgeSeconds: number | null;
  /** What Stint takes the time to be, ISO 8601; null while its database does not answer. */
  now: string | null;
}

/** A process that runs jobs says so every ten seconds; silent for this long, none runs. */
const silentSeconds = 60;

/** Is Stint fit to serve: the database answers and the jobs keep up. */
export async function health(): Promise<Health> {
  try {
    const [[beat], [mirror]] = await Promise.all([
      db()
        .select({ silent: sql<number | null>`extract(epoch from now() - ${max(heartbeats.beatAt)})::float8` })
        .from(heartbeats)
        // The Applier beats too, and runs none of the jobs that people wait for.
        .where(ne(heartbeats.name, 'applier')),
      db()
        .select({
          age: sql<number | null>`extract(epoch from stint_now() - ${max(mirrorRuns.readAt)})::float8`,
          now: sql`stint_now()`.mapWith(mirrorRuns.readAt),
        })
        .from(mirrorRuns),
    ]);
    const silent = beat?.silent ?? null;
    const jobs = silent !== null && silent < silentSeconds ? 'ok' : 'failing';
    const age = mirror?.age ?? null;
    return {
      status: jobs,
      database: 'ok',
      jobs,
      mirrorAgeSeconds: age === null ? null : Math.max(0, Math.round(age)),
      now: mirror?.now.toISOString() ?? null,
    };
  } catch {
    return { status: 'failing', database: 'failing', jobs: 'failing', mirrorAgeSeconds: null, now: null };
  }
}
