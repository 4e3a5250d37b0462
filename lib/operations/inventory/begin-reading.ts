import { randomUUID } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { lastFull } from '#db/latest-parts.ts';
import { policyGroups } from '#db/policy-groups.ts';
import { enqueue } from '#db/queue.ts';
import { inventoryParts, inventoryRuns } from '#db/schema/inventory.ts';
import { tellings } from '#db/schema/tellings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { firstParts, type ReadingKind } from '#lib/domain/inventory.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { logReadSince } from '#lib/operations/posture/cover-use.ts';
import { addLookParts } from './begin-look.ts';

/** How often everything is read, and how often where the logs of changes cannot be. */
const fullEveryMinutes = 24 * 60;
const unloggedEveryMinutes = 60;
/** How often the logs are asked what has changed since. */
const lookEveryMinutes = 5;
/** How long what a reading noted about its parts is kept, and that a line of a log was followed. */
const keptDays = 3;
/** A lane says every minute that it goes on. */
const patienceMinutes = 5;
/** Readers of one reading at the same time: Azure's quotas are the limit, not we. */
const lanes = 4;

/**
 * Begins a reading of everything when the last is a day old, else a look at what has changed when the last reading of
 * either kind began minutes ago. Nothing while one is open, on any number of workers.
 */
export async function takeDueReading(traceId: () => string): Promise<boolean> {
  return transaction(
    async (tx) => (await beginFull(tx, await fullIsDue(tx), traceId())) || beginLook(tx, traceId()),
  );
}

/** Minutes: a look that could not read a log may have missed something. */
async function fullIsDue(tx: Tx): Promise<number> {
  const result = await tx.execute(sql`
    select 1 from inventory_parts where list in ('directory_changes', 'azure_changes') and state <> 'done'
      and run_id = (select id from inventory_runs where finished_at is not null order by started_at desc limit 1)
    limit 1`);
  const isUnlogged = (result as unknown as { rows: unknown[] }).rows.length > 0;
  return isUnlogged ? unloggedEveryMinutes : fullEveryMinutes;
}

/** Begins one now because an administrator asks. @throws Refusal when one is under way. */
export async function askReading(ctx: PersonContext): Promise<void> {
  await change(
    ctx,
    async () => requireAdministrator(ctx.actor),
    async (tx) => {
      // A look under way gives way: it is part of what is asked for.
      await tx.delete(inventoryRuns).where(sql`kind = 'changes' and finished_at is null`);
      if (!(await beginFull(tx, 0, ctx.traceId))) throw new Refusal('reading_under_way');
      return {
        value: null,
        entries: [{ action: 'inventory.asked', subject: { kind: 'inventory', id: 'all' }, details: {} }],
      };
    },
  );
}

function requireAdministrator(actor: Actor): void {
  if (!mayOperate(actor)) throw new Refusal('not_found');
}

async function beginFull(tx: Tx, minutes: number, traceId: string): Promise<boolean> {
  const runId = await beginRun(tx, 'full', minutes);
  if (!runId) return false;
  await tx.insert(inventoryParts).values(firstParts.map((part) => ({ runId, ...part })));
  await addActivationLog(tx, runId);
  // A place known to hold something is asked for itself: that a list of places leaves it out says nothing about it.
  // But for Azure's root, which its Reader may not list: every subscription shows what is held there.
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    select ${runId}::uuid, list, place from assignments where gone_at is null and place <> '/'
    union select ${runId}::uuid, list, place from outside_roles where gone_at is null and place <> '/'
    -- A team that holds nothing is read for what is shared with it.
    union select ${runId}::uuid, 'members', lower(principal_id) from bundle_shares where is_group
    -- And a group whose members approve.
    union select ${runId}::uuid, 'members', id from (${policyGroups}) named
    on conflict do nothing`);
  await enqueueLanes(tx, runId, traceId);
  return true;
}

async function beginLook(tx: Tx, traceId: string): Promise<boolean> {
  const [full] = await rowsOf(tx, sql`select ${lastFull} as id`);
  const runId = full?.id ? await beginRun(tx, 'changes', lookEveryMinutes) : null;
  if (!runId) return false;
  await addLookParts(tx, runId);
  await addActivationLog(tx, runId);
  await enqueueLanes(tx, runId, traceId);
  return true;
}

async function addActivationLog(tx: Tx, runId: string): Promise<void> {
  const cursor = (await logReadSince(tx)).toISOString();
  await tx.insert(inventoryParts).values({ runId, list: 'activation_log', place: '/', cursor });
}

/** The new run's id; null when one of its kind, or a whole one, began less than so many minutes ago, or one is open. */
async function beginRun(tx: Tx, kind: ReadingKind, minutes: number): Promise<string | null> {
  const runId = randomUUID();
  // A sandbox whose clock was set back has readings that lie ahead: they do not count.
  const [begun] = await rowsOf(
    tx,
    sql`insert into inventory_runs (id, kind, started_at, gone_on_at)
    select ${runId}, ${kind}, stint_now(), now() where not exists (
      select 1 from inventory_runs where kind in (${kind}, 'full')
        and started_at > stint_now() - make_interval(mins => ${minutes}) and started_at <= stint_now()
    )
    on conflict do nothing returning id`,
  );
  return begun?.id ?? null;
}

async function rowsOf(tx: Tx, query: SQL): Promise<{ id: string | null }[]> {
  return ((await tx.execute(query)) as unknown as { rows: { id: string | null }[] }).rows;
}

/** Takes up a reading that nobody goes on with: its jobs died with their workers, more often than the queue tries again. */
export async function takeUpReading(traceId: () => string): Promise<boolean> {
  return transaction(async (tx) => {
    const [left] = await tx
      .update(inventoryRuns)
      .set({ goneOnAt: sql`now()` })
      .where(
        sql`finished_at is null and ${inventoryRuns.goneOnAt} < now() - make_interval(mins => ${patienceMinutes})`,
      )
      .returning({ id: inventoryRuns.id });
    if (left) await enqueueLanes(tx, left.id, traceId());
    return left !== undefined;
  });
}

async function enqueueLanes(tx: Tx, runId: string, traceId: string): Promise<void> {
  for (let lane = 0; lane < lanes; lane++) await enqueue(tx, 'inventory', { runId, traceId });
}

/**
 * Forgets how readings of long ago went, part by part, and looks at changes altogether; what whole ones counted stays
 * for the trend, and the last says what was read.
 */
export async function sweepReadings(): Promise<void> {
  const isOld = sql`finished_at is not null and started_at < stint_now() - make_interval(days => ${keptDays})`;
  await transaction(async (tx) => {
    await tx.delete(inventoryRuns).where(sql`kind = 'changes' and ${isOld}`);
    await tx
      .delete(inventoryParts)
      .where(
        sql`${inventoryParts.runId} in (select id from inventory_runs where ${isOld}) and ${inventoryParts.runId} <> ${lastFull}`,
      );
    await tx
      .delete(tellings)
      .where(sql`again_at is null and told_at < stint_now() - make_interval(days => ${keptDays})`);
  });
}
