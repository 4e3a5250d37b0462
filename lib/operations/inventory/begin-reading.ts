import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { inventoryParts, inventoryRuns } from '#db/schema/inventory.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { firstParts } from '#lib/domain/inventory.ts';
import { mayOperate } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { logReadSince } from '#lib/operations/posture/cover-use.ts';

/** How often the whole tenant is read, and how long what a reading noted about its parts is kept. */
const everyMinutes = 60;
const keptDays = 3;
/** A lane says every minute that it goes on. */
const patienceMinutes = 5;
/** Readers of one reading at the same time: Azure's quotas are the limit, not we. */
const lanes = 4;

/** Begins a reading when the last began an hour ago; nothing while one is open, on any number of workers. */
export async function takeDueReading(traceId: () => string): Promise<boolean> {
  return transaction((tx) => begin(tx, everyMinutes, traceId()));
}

/** Begins one now because an administrator asks. @throws Refusal when one is under way. */
export async function askReading(ctx: PersonContext): Promise<void> {
  await change(
    ctx,
    async () => requireAdministrator(ctx.actor),
    async (tx) => {
      if (!(await begin(tx, 0, ctx.traceId))) throw new Refusal('reading_under_way');
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

async function begin(tx: Tx, minutes: number, traceId: string): Promise<boolean> {
  const runId = randomUUID();
  // A sandbox whose clock was set back has readings that lie ahead: they do not count.
  const begun = await tx.execute(sql`
    insert into inventory_runs (id, started_at, gone_on_at)
    select ${runId}, stint_now(), now() where not exists (
      select 1 from inventory_runs
      where started_at > stint_now() - make_interval(mins => ${minutes}) and started_at <= stint_now()
    )
    on conflict do nothing returning id`);
  if ((begun as unknown as { rows: unknown[] }).rows.length === 0) return false;
  await tx.insert(inventoryParts).values(firstParts.map((part) => ({ runId, ...part })));
  const cursor = (await logReadSince(tx)).toISOString();
  await tx.insert(inventoryParts).values({ runId, list: 'activation_log', place: '/', cursor });
  // A place known to hold something is asked for itself: that a list of places leaves it out says nothing about it.
  // But for Azure's root, which its Reader may not list: every subscription shows what is held there.
  await tx.execute(sql`
    insert into inventory_parts (run_id, list, place)
    select ${runId}::uuid, list, place from assignments where gone_at is null and place <> '/'
    union select ${runId}::uuid, list, place from outside_roles where gone_at is null and place <> '/'
    -- A team that holds nothing is read for what is shared with it.
    union select ${runId}::uuid, 'members', lower(principal_id) from bundle_shares where is_group
    on conflict do nothing`);
  await enqueueLanes(tx, runId, traceId);
  return true;
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

/** Forgets how readings of long ago went, part by part; what they counted stays for the trend, and the last says what was read. */
export async function sweepReadings(): Promise<void> {
  await transaction((tx) =>
    tx.delete(inventoryParts).where(
      sql`${inventoryParts.runId} in (select id from inventory_runs where finished_at is not null
          and started_at < stint_now() - make_interval(days => ${keptDays}))
        and ${inventoryParts.runId} <> (
          select id from inventory_runs where finished_at is not null order by started_at desc limit 1)`,
    ),
  );
}
