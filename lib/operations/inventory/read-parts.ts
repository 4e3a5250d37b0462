import { and, eq, isNull, sql } from 'drizzle-orm';
import { db, transaction } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { InventoryPort } from '#lib/azure/ports.ts';
import { inventoryListNames, type Part } from '#lib/domain/inventory.ts';
import type { Context } from '#lib/operations/context.ts';
import { conclude } from './conclude.ts';
import { keepPages, type PageRead } from './keep-pages.ts';
import { inSeconds, type PartRow, settle, takeParts } from './parts.ts';

/** One job reads for so long, then lets the next go on: jobs that run for hours cannot be told from dead ones. */
const shiftSeconds = 60;
/** Most lists are short: so many are asked for at once and kept together. */
const partsAtOnce = 8;
const mostTries = 20;
/** Errors that are not Azure's, and tokens that Entra does not give: perhaps it is only away. */
const mostUnforeseen = 4;
/** As long as Azure asks, within reason: asked sooner it counts anew. */
const longestPauseSeconds = 900;

/** How the reading waits; tests hand in their own. Milliseconds. */
export type Pause = (milliseconds: number) => Promise<void>;

/**
 * One lane of a reading: takes parts, reads them page by page, takes the next, until none is left; the last to find
 * none concludes. Every page is kept with the place where the next begins, so that a kill costs one page of each.
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
    const parts = await takeParts(runId, partsAtOnce);
    if (parts.length > 0) await readTogether(runId, parts, port, until);
    else if (!(await isOpen(runId))) return;
    else if (await conclude(ctx, runId)) return;
    else await pause(250);
  }
  await transaction((tx) => enqueue(tx, 'inventory', { runId, traceId: ctx.traceId }));
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

/** Reads the parts a page of each at a time, until each is at its end, waits, or the shift is over. */
async function readTogether(
  runId: string,
  parts: readonly PartRow[],
  port: InventoryPort,
  until: number,
): Promise<void> {
  let left = parts;
  while (left.length > 0) {
    const answers = await Promise.allSettled(
      left.map(async (part) => ({ part, found: await port.page(part, part.cursor) })),
    );
    failPoint('inventory:after-page');
    const read = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const { kept, unkept } = await keep(runId, read);
    failPoint('inventory:after-keep');
    const goOn = kept.flatMap(({ part, found: { next } }) =>
      next === null ? [] : [{ ...part, cursor: next, tries: 0 }],
    );
    const unread = left.flatMap((part, at) => {
      const answer = answers[at];
      return answer?.status === 'rejected' ? [{ part, error: answer.reason }] : [];
    });
    const aside = [...unkept, ...unread].map(({ part, error }) => setAside(part, error));
    const unforeseen = (await Promise.allSettled(aside)).find(({ status }) => status === 'rejected');
    if (unforeseen?.status === 'rejected') {
      await giveBack(goOn);
      throw unforeseen.reason;
    }
    if (Date.now() < until) left = goOn;
    else return giveBack(goOn);
  }
}

/** Taken up again before those not yet begun: a long list left for the end would be read alone. */
async function giveBack(parts: readonly PartRow[]): Promise<void> {
  await Promise.all(parts.map((part) => settle(part, { leasedUntil: sql`now()` })));
}

interface Kept {
  kept: PageRead[];
  unkept: { part: PartRow; error: unknown }[];
}

/** All together; one by one when that fails: a page that cannot be kept must not take the others with it. */
async function keep(runId: string, pages: readonly PageRead[]): Promise<Kept> {
  const [first, ...others] = pages;
  if (!first) return { kept: [], unkept: [] };
  try {
    return { kept: await keepPages(runId, pages), unkept: [] };
  } catch (error) {
    if (others.length === 0) return { kept: [], unkept: [{ part: first.part, error }] };
  }
  const each: Kept[] = [];
  for (const page of pages) each.push(await keep(runId, [page]));
  return { kept: each.flatMap(({ kept }) => kept), unkept: each.flatMap(({ unkept }) => unkept) };
}

/**
 * Busy: later, as told. What is gone holds nothing. What may not be read is a gap, and nothing is concluded from it.
 * @throws what nobody foresaw, until it has come so often that the page, not the moment, must be at fault.
 */
async function setAside(part: PartRow, error: unknown): Promise<void> {
  if (!(error instanceof AzureFault)) {
    if (part.tries < mostUnforeseen) throw error;
    const failure = `${inventoryListNames[part.list]}: a page could not be understood. The log says more.`;
    return settle(part, { state: 'failed', failure });
  }
  const mayTry = error.kind === 'token_refused' ? mostUnforeseen : error.retry === 'later' ? mostTries : 0;
  if (part.tries < mayTry) {
    const seconds = Math.min(longestPauseSeconds, error.retryAfterSeconds ?? 2 ** Math.min(part.tries, 5));
    // Not all at the same moment.
    const apart = seconds * (1 + Math.random() / 4);
    return settle(part, { leasedUntil: inSeconds(apart), failure: whyOf(part, error) });
  }
  if (error.kind === 'not_found' && part.place !== '/' && part.cursor === null)
    return settle(part, { state: 'done' });
  return settle(part, { state: 'failed', failure: whyOf(part, error) });
}

function whyOf({ list }: Part, fault: AzureFault): string {
  const what = inventoryListNames[list];
  if (fault.kind === 'token_refused') return `Entra gave the Reader identity no token for: ${what}.`;
  if (fault.kind === 'not_allowed') return `The Reader identity may not read: ${what} (${fault.code}).`;
  return `${what}: could not be read (${fault.code || fault.kind}).`;
}
