import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { among } from '#db/among.ts';
import { db, type Reader, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { assignments } from '#db/schema/inventory.ts';
import { mirrorActive, mirrorEligible } from '#db/schema/mirror.ts';
import { roleNames } from '#db/schema/names.ts';
import { requests } from '#db/schema/requests.ts';
import { watchRuns } from '#db/schema/watch.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ActivationSeen, ReaderPort, TenantReading } from '#lib/azure/ports.ts';
import { type Difference, differences, holdingKey } from '#lib/domain/difference.ts';
import { type Plane, planeNames } from '#lib/domain/plane.ts';
import { isBeforeAzure, liveStatuses } from '#lib/domain/request.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { followElsewhere } from '#lib/operations/evaluations/follow-elsewhere.ts';
import { noteBypasses } from '#lib/operations/evaluations/note-bypasses.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { keepDifferences } from './keep-differences.ts';
import { type Learned, learnAbout } from './learn-about.ts';
import { recordSeen } from './record-seen.ts';
import { lookAgain, lookLater } from './when-to-look.ts';

type Run = typeof watchRuns.$inferSelect;
type Found = Difference<ActivationSeen, RequestRecord>;

/**
 * Reads every activation of a plane and holds it against Stint's record: what was activated elsewhere is put on
 * record, what differs is noted and looked at again. Azure is never changed. A place that does not answer
 * concludes nothing; a plane that does not answer is a run with a failure, and the next one comes in a minute.
 */
export async function watch(ctx: Context, runId: string, reader: ReaderPort): Promise<void> {
  const run = await loadRun(db(), runId);
  if (!run) return;
  let reading: TenantReading;
  let learned: Learned;
  try {
    reading = await reader.activatedEverywhere(run.plane, await knownGroups(run.plane));
    const { found } = differences({ ...reading, ...(await recordedOf(db(), run.plane, reading.held)) });
    learned = await learnAbout(strangers(found), reader);
  } catch (error) {
    if (!(error instanceof AzureFault)) throw error;
    return finish(ctx, runId, { failure: failureOf(error, run.plane) });
  }
  failPoint('watch:after-act');
  await change(
    ctx,
    // Held until what it found is written: the same reading, come twice, finds it finished.
    (tx) => loadRun(tx, runId, true),
    async (tx, open) => {
      if (!open) return { value: null, entries: [] };
      const { found, awaited, agreed, emptied } = differences({
        ...reading,
        ...(await recordedOf(tx, run.plane, reading.held)),
      });
      const { taken, entries } = await take(tx, run.plane, found, learned);
      // One that could not be put on record stays a difference.
      const rest = found.filter((one) => !taken.has(one));
      // A reading that is not believed ends no difference either.
      const judged = emptied ? { ...reading, places: [] } : reading;
      entries.push(...(await keepDifferences(tx, run.plane, judged, rest)));
      const known = rest.filter(({ kind }) => kind !== 'filed_elsewhere');
      await lookAgain(tx, [...awaited, ...known.flatMap((one) => one.recorded ?? [])]);
      await lookLater(tx, agreed);
      await close(tx, runId, {
        places: reading.places.length,
        held: reading.held.length,
        recorded: taken.size,
        differing: rest.length,
        gaps: reading.gaps,
        failure: emptied
          ? `${planeNames[run.plane]} shows no activation at all, though Stint knows some. Not believed: each is looked at by itself.`
          : null,
      });
      return { value: null, entries };
    },
  );
  failPoint('watch:after-record');
  await noteBypasses(ctx, run.plane);
}

/** What was made elsewhere goes on record: as the request that waited for it here, or as one of its own. */
async function take(
  tx: Tx,
  plane: Plane,
  found: readonly Found[],
  learned: Learned,
): Promise<{ taken: Set<Found>; entries: Told[] }> {
  const taken = new Set<Found>();
  const entries: Told[] = [];
  const strange = new Map<ActivationSeen, Found>();
  for (const one of found) {
    const { kind, held, recorded } = one;
    if (kind !== 'filed_elsewhere' || !held) continue;
    if (!recorded || !isBeforeAzure(recorded.status)) {
      strange.set(held, one);
      continue;
    }
    const ticket = learned.get(holdingKey(held.principalId, held))?.told?.ticketNumber ?? null;
    const followed = await followElsewhere(tx, recorded.id, held, ticket);
    if (followed.entries.length > 0) taken.add(one);
    entries.push(...followed.entries);
    if (!followed.isIts) strange.set(held, one);
  }
  const told = await recordSeen(tx, plane, [...strange.keys()], learned);
  for (const [held, one] of strange) if (told.has(held)) taken.add(one);
  return { taken, entries: [...entries, ...told.values()] };
}

/** A run that is still open; null when it is finished, or given up. */
async function loadRun(from: Reader, id: string, held = false): Promise<Run | null> {
  const open = from
    .select()
    .from(watchRuns)
    .where(and(eq(watchRuns.id, id), isNull(watchRuns.finishedAt)));
  const [run] = await (held ? open.for('update') : open);
  return run ?? null;
}

function strangers(found: ReturnType<typeof differences<ActivationSeen, RequestRecord>>['found']) {
  return found.flatMap(({ kind, held }) => (kind === 'filed_elsewhere' && held ? [held] : []));
}

/** What Stint knows as live on the plane, and everything of late by those whom Azure shows. */
async function recordedOf(
  from: Reader,
  plane: Plane,
  held: readonly ActivationSeen[],
): Promise<{ recorded: RequestRecord[]; now: Date }> {
  const people = held.map(({ principalId }) => principalId);
  const live = await from
    .select()
    .from(requests)
    .where(and(eq(requests.plane, plane), inArray(requests.status, [...liveStatuses])));
  const late = await from
    .select()
    .from(requests)
    .where(
      and(
        among(requests.requesterId, people),
        eq(requests.plane, plane),
        sql`${requests.startsAt} > stint_now() - interval '2 days'`,
      ),
    );
  const recorded = [...new Map([...late, ...live].map((row) => [row.id, row])).values()];
  return { recorded, now: await clock(from) };
}

/** Groups Stint has met: somebody is eligible for them, holds them or asked for them, or did at the last reading of the tenant. */
async function knownGroups(plane: Plane): Promise<string[]> {
  if (plane !== 'group') return [];
  const met = await Promise.all(
    [mirrorEligible, mirrorActive, roleNames].map((table) =>
      db().selectDistinct({ id: table.scopeId }).from(table).where(eq(table.plane, 'group')),
    ),
  );
  const read = await db()
    .selectDistinct({ id: assignments.scopeId })
    .from(assignments)
    .where(and(eq(assignments.plane, 'group'), isNull(assignments.goneAt)));
  return [...new Set([...met.flat(), ...read].map(({ id }) => id))];
}

type Outcome = Partial<Pick<Run, 'places' | 'held' | 'recorded' | 'differing' | 'gaps' | 'failure'>>;

async function close(tx: Tx, runId: string, outcome: Outcome): Promise<void> {
  await tx
    .update(watchRuns)
    .set({ ...outcome, finishedAt: sql`stint_now()` })
    .where(and(eq(watchRuns.id, runId), isNull(watchRuns.finishedAt)));
}

async function finish(ctx: Context, runId: string, outcome: Outcome): Promise<void> {
  await change(
    ctx,
    async () => null,
    async (tx) => {
      await close(tx, runId, outcome);
      return { value: null, entries: [] };
    },
  );
}

function failureOf(fault: AzureFault, plane: Plane): string {
  const name = planeNames[plane];
  if (fault.kind === 'token_refused') return `Entra gave the Reader identity no token for ${name}.`;
  if (fault.kind === 'not_allowed') return `The Reader identity may not read ${name} (${fault.code}).`;
  return `${name} could not be read (${fault.code || fault.kind}).`;
}
