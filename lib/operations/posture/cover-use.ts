import { type SQL, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { floorMinutes } from '#lib/domain/time.ts';
import type { Context } from '#lib/operations/context.ts';
import { cover } from './cover.ts';

/** How far back the tenant's audit log reaches (Microsoft Learn, data retention, P1 and P2). */
const reachDays = 30;
/** The log shows an event minutes after it happened, sometimes an hour: that much is read again. */
const overlapMinutes = 120;

/** Since when the audit log is to be read: shortly before what is covered ends, or as far back as it reaches. */
export function logReadSince(tx: Tx): Promise<Date> {
  return since(tx, sql`stint_now()`);
}

async function since(tx: Tx, now: SQL): Promise<Date> {
  const [row] = await rows<{ at: number }>(
    tx,
    sql`select ${inMs(sql`greatest(${now} - make_interval(days => ${reachDays}), (
      select max(until_at) - make_interval(mins => ${overlapMinutes}) from use_coverage
      where source = 'azure_audit' and until_at <= ${now}))`)} as at`,
  );
  if (!row) throw new Error('The database did not tell the time.');
  return new Date(row.at);
}

/** Notes from when to when use is known: by the last reading of the audit log, and by Stint's own watch. */
export async function coverUse(ctx: Context): Promise<void> {
  await transaction(async (tx) => {
    ctx.requireHold?.();
    await coverByLog(tx);
    await coverByWatch(tx);
  });
}

/** Of the last reading that came to the log's end and understood all of it. It knows what was written when it began. */
async function coverByLog(tx: Tx): Promise<void> {
  const [read] = await rows<{ at: number }>(
    tx,
    sql`select ${inMs(sql`run.started_at`)} as at
      from inventory_runs run join inventory_parts part on part.run_id = run.id
      where part.list = 'activation_log' and part.state = 'done' and part.unclear = 0 and run.finished_at is not null
      order by run.started_at desc limit 1`,
  );
  if (!read) return;
  const untilAt = new Date(read.at);
  const fromAt = await since(tx, sql`${untilAt.toISOString()}::timestamptz`);
  await cover(tx, 'azure_audit', { fromAt, untilAt });
}

/**
 * While every plane was read whole, again and again: between two readings no activation can come and go unseen when they
 * are no further apart than PIM's shortest.
 */
async function coverByWatch(tx: Tx): Promise<void> {
  const begin = sql`greatest(entra.from_at, azure.from_at, groups.from_at)`;
  const end = sql`least(entra.until_at, azure.until_at, groups.until_at)`;
  const watched = await rows<{ from: number; until: number }>(
    tx,
    sql`with whole as (
        select plane, started_at, lag(finished_at) over (partition by plane order by started_at) as before
        from watch_runs where finished_at is not null and failure is null and gaps = '[]'::jsonb),
      numbered as (
        select plane, started_at, count(*) filter (
          where before is null or started_at > before + make_interval(mins => ${floorMinutes})
        ) over (partition by plane order by started_at) as stretch from whole),
      stretches as (
        select plane, min(started_at) as from_at, max(started_at) as until_at from numbered group by plane, stretch)
      select ${inMs(begin)} as "from", ${inMs(end)} as until
      from stretches entra, stretches azure, stretches groups
      where entra.plane = 'entra' and azure.plane = 'azure' and groups.plane = 'group' and ${begin} < ${end}`,
  );
  for (const { from, until } of watched)
    await cover(tx, 'stint', { fromAt: new Date(from), untilAt: new Date(until) });
}

function inMs(moment: SQL): SQL {
  return sql`(extract(epoch from ${moment}) * 1000)::float8`;
}

async function rows<Row>(tx: Tx, query: SQL): Promise<Row[]> {
  return ((await tx.execute(query)) as unknown as { rows: Row[] }).rows;
}
