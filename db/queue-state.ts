/** How the queue stands, from pg-boss's own tables (its version is fixed, and so are they). Moments are on Stint's clock. */
import { sql } from 'drizzle-orm';
import type { Reader, Tx } from './client.ts';
import { deadLetter, isJobName, type JobName } from './queue.ts';

export interface QueueState {
  name: string;
  queued: number;
  active: number;
  retry: number;
  failed: number;
  /** What the newest failure said; null: none is remembered. */
  lastError: string | null;
  lastErrorAt: Date | null;
}

export interface DeadLetter {
  id: string;
  /** The queue it came from. */
  name: string;
  data: Record<string, unknown>;
  error: string | null;
  tries: number;
  diedAt: Date;
}

const onStintsClock = (column: string) => sql.raw(`(stint_now() - (now() - ${column}))`);

/** One line per queue, those that were never used too; completed jobs are not counted. */
export async function queueStates(from: Reader): Promise<QueueState[]> {
  const result = await from.execute(sql`
    select q.name,
      count(*) filter (where j.state = 'created')::int as queued,
      count(*) filter (where j.state = 'active')::int as active,
      count(*) filter (where j.state = 'retry')::int as retry,
      count(*) filter (where j.state = 'failed')::int as failed,
      (array_agg(j.output ->> 'message' order by j.created_on desc) filter (where j.output is not null))[1] as error,
      max(${onStintsClock('j.created_on')}) filter (where j.output is not null) as error_at
    from pgboss.queue q
    left join pgboss.job j on j.name = q.name and j.state in ('created', 'active', 'retry', 'failed')
    where q.name <> ${deadLetter} and q.name not like '\\_\\_pgboss%'
    group by q.name order by q.name`);
  const rows = (
    result as unknown as { rows: (QueueState & { error: string | null; error_at: Date | null })[] }
  ).rows;
  return rows.map(({ error, error_at: at, ...row }) => ({
    ...row,
    lastError: error,
    lastErrorAt: at && new Date(at),
  }));
}

interface DeadRow {
  id: string;
  source_name: string;
  data: Record<string, unknown> | null;
  error: string | null;
  source_retry_count: number | null;
  died_at: Date;
}

/** What failed for good, newest first. */
export async function deadLetters(from: Reader, limit: number): Promise<DeadLetter[]> {
  const result = await from.execute(sql`
    select id, source_name, data, source_output ->> 'message' as error, source_retry_count,
      ${onStintsClock('created_on')} as died_at
    from pgboss.job where name = ${deadLetter} and state = 'created'
    order by created_on desc, id limit ${limit}`);
  return (result as unknown as { rows: DeadRow[] }).rows.map((row) => ({
    id: row.id,
    name: row.source_name,
    data: row.data ?? {},
    error: row.error,
    tries: (row.source_retry_count ?? 0) + 1,
    diedAt: new Date(row.died_at),
  }));
}

export async function countDeadLetters(from: Reader): Promise<number> {
  const result = await from.execute(
    sql`select count(*)::int as n from pgboss.job where name = ${deadLetter} and state = 'created'`,
  );
  return (result as unknown as { rows: { n: number }[] }).rows[0]?.n ?? 0;
}

/** Takes a dead letter out, once: null when somebody else did, or when its queue is none of ours. */
export async function takeDeadLetter(
  tx: Tx,
  id: string,
): Promise<{ name: JobName; data: Record<string, unknown> } | null> {
  const result = await tx.execute(sql`
    delete from pgboss.job where name = ${deadLetter} and id = ${id} and state = 'created'
    returning source_name, data`);
  const [row] = (result as unknown as { rows: DeadRow[] }).rows;
  return row && isJobName(row.source_name) ? { name: row.source_name, data: row.data ?? {} } : null;
}
