import { and, desc, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { countDeadLetters, deadLetters, queueStates } from '#db/queue-state.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { mirrorRuns } from '#db/schema/mirror.ts';
import { differences, watchRuns } from '#db/schema/watch.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { type Plane, planes } from '#lib/domain/plane.ts';
import type { DeadJobRow, DifferenceRow, Operations, PlaneReadings } from './operations-rows.ts';
import { withoutSecrets } from './without-secrets.ts';

const mostDead = 50;
const mostOpen = 200;
const mostSettled = 20;
/** A process that runs jobs says so every ten seconds. */
const silentSeconds = 60;

/** How Stint itself is doing; null for whoever does not operate it. */
export async function operations(viewer: Actor): Promise<Operations | null> {
  if (!mayOperate(viewer)) return null;
  const [now, queues, dead, deadCount, beats, open, settled, readings] = await Promise.all([
    clock(db()),
    queueStates(db()),
    deadLetters(db(), mostDead),
    countDeadLetters(db()),
    workers(),
    db()
      .select()
      .from(differences)
      .where(isNull(differences.resolvedAt))
      .orderBy(desc(differences.firstSeenAt))
      .limit(mostOpen),
    db()
      .select()
      .from(differences)
      .where(isNotNull(differences.resolvedAt))
      .orderBy(desc(differences.resolvedAt))
      .limit(mostSettled),
    Promise.all(planes.map(readingsOf)),
  ]);
  return {
    ...{ now, deadCount, workers: beats, readings },
    queues: queues.map((row) => ({ ...row, lastError: row.lastError && withoutSecrets(row.lastError) })),
    dead: dead.map(deadJob),
    open: open.map(differenceRow),
    settled: settled.map(differenceRow),
  };
}

function deadJob({ data, error, ...job }: Awaited<ReturnType<typeof deadLetters>>[number]): DeadJobRow {
  const facts = Object.entries(data).map(([name, value]): [string, string] => [
    name,
    withoutSecrets(typeof value === 'string' ? value : JSON.stringify(value)),
  ]);
  const requestId = typeof data.requestId === 'string' ? data.requestId : null;
  return { ...job, facts, requestId, error: error && withoutSecrets(error) };
}

function differenceRow(row: typeof differences.$inferSelect): DifferenceRow {
  const { principalId, ...shown } = row;
  return { ...shown, key: roleKey(row) };
}

/** Heartbeats are on the machine's time; the page has one clock. */
async function workers(): Promise<Operations['workers']> {
  const rows = await db()
    .select({
      name: heartbeats.name,
      beatAt: sql<string | Date>`stint_now() - (now() - ${heartbeats.beatAt})`,
      silent: sql<boolean>`now() - ${heartbeats.beatAt} > make_interval(secs => ${silentSeconds})`,
    })
    .from(heartbeats)
    // The Applier has a page of its own.
    .where(ne(heartbeats.name, 'applier'))
    .orderBy(heartbeats.name);
  return rows.map((row) => ({ ...row, beatAt: new Date(row.beatAt) }));
}

async function readingsOf(plane: Plane): Promise<PlaneReadings> {
  const finished = and(eq(watchRuns.plane, plane), isNotNull(watchRuns.finishedAt));
  const [[last], [good], [mirror]] = await Promise.all([
    db().select().from(watchRuns).where(finished).orderBy(desc(watchRuns.startedAt)).limit(1),
    db()
      .select({ at: watchRuns.finishedAt })
      .from(watchRuns)
      .where(and(finished, isNull(watchRuns.failure)))
      .orderBy(desc(watchRuns.startedAt))
      .limit(1),
    db()
      .select({
        people: sql<number>`count(*)::int`,
        failing: sql<number>`count(${mirrorRuns.failure})::int`,
        oldestAt: sql<string | Date | null>`min(${mirrorRuns.readAt})`,
        newestAt: sql<string | Date | null>`max(${mirrorRuns.readAt})`,
      })
      .from(mirrorRuns)
      .where(and(eq(mirrorRuns.plane, plane), sql`${mirrorRuns.principalId} not like 'approvals:%'`)),
  ]);
  const moment = (at: string | Date | null | undefined) => (at ? new Date(at) : null);
  const { finishedAt = null, places = 0, held = 0, recorded = 0, gaps = [], failure = null } = last ?? {};
  return {
    plane,
    watch: finishedAt && { finishedAt, places, held, recorded, gaps, failure },
    watchedAt: good?.at ?? null,
    mirror: {
      people: mirror?.people ?? 0,
      failing: mirror?.failing ?? 0,
      oldestAt: moment(mirror?.oldestAt),
      newestAt: moment(mirror?.newestAt),
    },
  };
}
