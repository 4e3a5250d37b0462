import { randomUUID } from 'node:crypto';
import { desc, isNotNull } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { readArchiveLine } from '#lib/domain/archive-line.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Covered, UseEvent } from '#lib/domain/use.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { archiveLines } from './archive-lines.ts';
import { cover } from './cover.ts';
import { keepUseEvents } from './keep-use-events.ts';

const linesAtOnce = 1_000;
const dayMinutes = 1440;

/** What somebody says an archive covers. */
interface Stated {
  fromAt: Date | null;
  untilAt: Date | null;
}

/** What became of an archive's lines. */
export interface Imported {
  lines: number;
  /** Beginnings and ends of activations: new, and known already. */
  taken: number;
  known: number;
  /** Other events of the log: read past, but they show how far the archive reaches. */
  other: number;
  notUnderstood: number;
  /** The time in which use is known by this archive; null when it may have lost some. */
  covered: Covered | null;
}

/**
 * Takes the activations of an archive of the tenant's audit log, some lines at a time: what is taken stays taken,
 * whatever becomes of the rest, and taken again is taken once. Only an archive that was read to its end covers a time:
 * from its first line to its last when all were understood, or as stated.
 * @throws Refusal not_found to whom it is not open; malformed when it is too long or the stated time is none.
 */
export async function importArchive(
  ctx: PersonContext,
  body: AsyncIterable<Uint8Array>,
  asked: Stated = { fromAt: null, untilAt: null },
): Promise<Imported> {
  const subject = { kind: 'use', id: randomUUID() } as const;
  const gate = async (tx: Tx) => {
    if (!mayOperate(ctx.actor)) throw new Refusal('not_found');
    return clock(tx);
  };
  const { now, stated } = await change(ctx, gate, async (_, at) => {
    const value = { now: at, stated: possible(asked, at) };
    return { value, entries: [{ action: 'archive.begun', subject, details: { ...value.stated } }] };
  });
  const { counts, seen } = await takeLines(body, { tenantId: ctx.actor.tenantId, now });
  failPoint('archive:before-end');
  // A line that is not understood may be a lost activation: then only what somebody states is covered.
  const told = counts.notUnderstood === 0 ? seen : null;
  const fromAt = stated.fromAt ?? told?.fromAt;
  const untilAt = stated.untilAt ?? told?.untilAt;
  const covered = seen && fromAt && untilAt && fromAt <= untilAt ? { fromAt, untilAt } : null;
  return change(ctx, gate, async (tx) => {
    if (covered) await cover(tx, 'archive', covered);
    await countAnew(tx, ctx.traceId);
    const value = { ...counts, covered };
    return { value, entries: [{ action: 'archive.imported', subject, details: { ...value } }] };
  });
}

/** A day that is not over yet is covered until now. */
function possible({ fromAt, untilAt }: Stated, now: Date): Stated {
  if (untilAt && untilAt > plusMinutes(now, dayMinutes)) {
    throw new Refusal('malformed', 'The archive cannot reach into the future.', 'until');
  }
  if (fromAt && fromAt >= (untilAt ?? now)) {
    throw new Refusal('malformed', 'The archive cannot begin after its end.', 'from');
  }
  return { fromAt, untilAt: untilAt && untilAt > now ? now : untilAt };
}

async function takeLines(body: AsyncIterable<Uint8Array>, of: { tenantId: string; now: Date }) {
  const counts = { lines: 0, taken: 0, known: 0, other: 0, notUnderstood: 0 };
  let seen: Covered | null = null;
  let events: UseEvent[] = [];
  const keep = async () => {
    const taken = await transaction((tx) => keepUseEvents(tx, 'archive', events));
    counts.taken += taken;
    counts.known += events.length - taken;
    events = [];
    failPoint('archive:after-lines');
  };
  for await (const line of archiveLines(body)) {
    counts.lines += 1;
    const { at, told } = line === null ? { at: null, told: 'unclear' as const } : readArchiveLine(line, of);
    if (at) seen = widened(seen, at);
    if (told === 'unclear') counts.notUnderstood += 1;
    else if (told === 'something_else') counts.other += 1;
    else events.push(told);
    if (events.length === linesAtOnce) await keep();
  }
  if (events.length > 0) await keep();
  return { counts, seen };
}

function widened(seen: Covered | null, at: Date): Covered {
  if (!seen) return { fromAt: at, untilAt: at };
  return {
    fromAt: at < seen.fromAt ? at : seen.fromAt,
    untilAt: at > seen.untilAt ? at : seen.untilAt,
  };
}

/** Posture shows the archive's activations without waiting for the next reading of the tenant. */
async function countAnew(tx: Tx, traceId: string): Promise<void> {
  const [last] = await tx
    .select({ runId: inventoryRuns.id })
    .from(inventoryRuns)
    .where(isNotNull(inventoryRuns.finishedAt))
    .orderBy(desc(inventoryRuns.startedAt))
    .limit(1);
  if (last) await enqueue(tx, 'assess', { runId: last.runId, traceId });
}
