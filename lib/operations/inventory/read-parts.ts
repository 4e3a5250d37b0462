import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { inventoryParts, inventoryRuns } from '#db/schema/inventory.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { InventoryPort } from '#lib/azure/ports.ts';
import { type Harvest, inventoryListNames, type Part } from '#lib/domain/inventory.ts';
import type { Context } from '#lib/operations/context.ts';
import { conclude } from './conclude.ts';
import { keepHarvest } from './keep-harvest.ts';

type PartRow = typeof inventoryParts.$inferSelect;
interface Settled {
  state?: 'done' | 'failed';
  failure?: string;
  leasedUntil?: SQL | null;
}

/** A page takes seconds; who dies with a part in hand gives it back after this. */
const leaseSeconds = 60;
/** One job reads for so long, then lets the next go on: jobs that run for hours cannot be told from dead ones. */
const shiftSeconds = 60;
const mostTries = 20;
/** Errors that are not Azure's, and tokens that Entra does not give: perhaps it is only away. */
const mostUnforeseen = 4;
const longestPauseSeconds = 60;

/** How the reading waits; tests hand in their own. Milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;

/**
 * One lane of a reading: takes a part, reads it page by page, takes the next, until none is left; the last to find
 * none concludes. Every page is kept with the place where the next begins, so that a kill costs one page.
 */
export async function readParts(
  ctx: Context,
  runId: string,
  port: InventoryPort,
  pause: Pause,
): Promise<void> {
  const until = Date.now() + shiftSeconds * 1000;
  await goesOn(runId);
  while (Date.now() < until) {
    const part = await take(runId);
    if (part) await readPart(part, port, until);
    else if (!(await isOpen(runId))) return;
    else if (await conclude(ctx, runId)) return;
    else await pause(250);
  }
  await transaction((tx) => enqueue(tx, 'inventory', { runId, traceId: ctx.traceId }));
}

/** A part nobody has in hand. Leases go by the machine's clock: the sandbox's may be moved. */
async function take(runId: string): Promise<PartRow | null> {
  return transaction(async (tx) => {
    const [free] = await tx
      .select()
      .from(inventoryParts)
      .where(
        and(
          eq(inventoryParts.runId, runId),
          eq(inventoryParts.state, 'waiting'),
          sql`(${inventoryParts.leasedUntil} is null or ${inventoryParts.leasedUntil} < now())`,
        ),
      )
      .orderBy(inventoryParts.leasedUntil)
      .limit(1)
      .for('update', { skipLocked: true });
    if (!free) return null;
    const [taken] = await tx
      .update(inventoryParts)
      .set({ leasedUntil: inSeconds(leaseSeconds), tries: free.tries + 1 })
      .where(isPart(free))
      .returning();
    return taken ?? null;
  });
}

async function goesOn(runId: string): Promise<void> {
  await db().update(inventoryRuns).set({ goneOnAt: sql`now()` }).where(eq(inventoryRuns.id, runId));
}

async function isOpen(runId: string): Promise<boolean> {
  const [run] = await db()
    .select({ id: inventoryRuns.id })
    .from(inventoryRuns)
    .where(and(eq(inventoryRuns.id, runId), isNull(inventoryRuns.finishedAt)));
  return run !== undefined;
}

async function readPart(part: PartRow, port: InventoryPort, until: number): Promise<void> {
  let cursor = part.cursor;
  for (;;) {
    try {
      const found = await port.page(part, cursor);
      failPoint('inventory:after-page');
      if (!(await keepPage(part, cursor, found))) return;
      failPoint('inventory:after-keep');
      if (found.next === null) return;
      cursor = found.next;
    } catch (error) {
      if (error instanceof AzureFault) return setAside(part, cursor, error);
      // A page that nobody can read or keep must not hold up the others for ever.
      if (part.tries < mostUnforeseen) throw error;
      const failure = `${inventoryListNames[part.list]}: a page could not be understood. The log says more.`;
      return settle(part, cursor, { state: 'failed', failure });
    }
    if (Date.now() >= until) return settle(part, cursor, { leasedUntil: null });
  }
}

/** false: somebody else has read this page meanwhile, after our lease was over. */
function keepPage(part: PartRow, cursor: string | null, found: Harvest): Promise<boolean> {
  return transaction(async (tx) => {
    const [moved] = await tx
      .update(inventoryParts)
      .set({
        cursor: found.next,
        state: found.next === null ? 'done' : 'waiting',
        pages: sql`${inventoryParts.pages} + 1`,
        rows: sql`${inventoryParts.rows} + ${rowsOf(found)}`,
        leasedUntil: inSeconds(leaseSeconds),
        tries: 0,
        failure: null,
      })
      .where(
        and(
          isPart(part),
          eq(inventoryParts.state, 'waiting'),
          sql`${inventoryParts.cursor} is not distinct from ${cursor}`,
          openRun(part.runId),
        ),
      )
      .returning({ state: inventoryParts.state });
    if (!moved) return false;
    await keepHarvest(tx, part.runId, part, found);
    return true;
  });
}

/** Busy: later, as told. What is gone holds nothing. What may not be read is a gap, and nothing is concluded from it. */
async function setAside(part: PartRow, cursor: string | null, fault: AzureFault): Promise<void> {
  const mayTry = fault.kind === 'token_refused' ? mostUnforeseen : fault.retry === 'later' ? mostTries : 0;
  if (part.tries < mayTry) {
    const seconds = Math.min(longestPauseSeconds, fault.retryAfterSeconds ?? 2 ** Math.min(part.tries, 5));
    // Not all at the same moment.
    const apart = seconds * (1 + Math.random() / 4);
    return settle(part, cursor, { leasedUntil: inSeconds(apart), failure: whyOf(part, fault) });
  }
  if (fault.kind === 'not_found' && part.place !== '/' && cursor === null)
    return settle(part, cursor, { state: 'done' });
  return settle(part, cursor, { state: 'failed', failure: whyOf(part, fault) });
}

/** Only while the part is where we left it: another lane may have it by now. */
function settle(part: PartRow, cursor: string | null, set: Settled): Promise<void> {
  return transaction(async (tx) => {
    await tx
      .update(inventoryParts)
      .set(set)
      .where(
        and(
          isPart(part),
          eq(inventoryParts.state, 'waiting'),
          sql`${inventoryParts.cursor} is not distinct from ${cursor}`,
        ),
      );
  });
}

function isPart({ runId, list, place }: Part & { runId: string }) {
  return and(eq(inventoryParts.runId, runId), eq(inventoryParts.list, list), eq(inventoryParts.place, place));
}

/** A reading that is over takes nothing more. */
function openRun(runId: string) {
  return sql`exists (select 1 from ${inventoryRuns} where id = ${runId} and finished_at is null)`;
}

function inSeconds(seconds: number) {
  return sql`now() + make_interval(secs => ${seconds})`;
}

function rowsOf({ responsibles, parts, ...found }: Harvest): number {
  const { principals, assignments, memberships, roles, useEvents } = found;
  const things =
    principals.length + assignments.length + memberships.length + roles.length + useEvents.length;
  return things > 0 ? things : responsibles.length + parts.length;
}

function whyOf({ list }: Part, fault: AzureFault): string {
  const what = inventoryListNames[list];
  if (fault.kind === 'token_refused') return `Entra gave the Reader identity no token for: ${what}.`;
  if (fault.kind === 'not_allowed') return `The Reader identity may not read: ${what} (${fault.code}).`;
  return `${what}: could not be read (${fault.code || fault.kind}).`;
}
