import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { db } from '#db/client.ts';

/**
 * Turns the clocks by which an engine that died before `before` is missed: its jobs have not been heard of for a
 * minute, and what it was reading is given back. The Applier of PostgreSQL lives apart, and keeps what it has in hand.
 */
export async function missTheDead(before: Date): Promise<void> {
  await db().execute(sql`
    update pgboss.job set heartbeat_on = heartbeat_on - interval '1 minute'
    where state = 'active' and started_on < ${before.toISOString()}::timestamptz and name <> 'apply'`);
  await db().execute(sql`update inventory_parts set leased_until = now() where leased_until > now()`);
  await db().execute(sql`update pgboss.queue set monitor_claim_on = null, monitor_on = null`);
  const { stintQueue } = globalThis as { stintQueue?: PgBoss };
  await stintQueue?.supervise();
}
