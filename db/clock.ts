import { sql } from 'drizzle-orm';
import type { Reader } from './client.ts';
import { clockOffset } from './schema/clock.ts';

/** Stint's time, from the database; equal on every server, and what the sandbox moves. */
export async function clock(from: Reader): Promise<Date> {
  const result = (await from.execute(sql`select stint_now() as now`)) as unknown as {
    rows: { now: string | Date }[];
  };
  const [row] = result.rows;
  if (!row) throw new Error('The database did not tell the time.');
  return new Date(row.now);
}

/** Sandbox only: moves Stint's clock to run this many seconds ahead of the machine's. */
export async function setClockOffset(tx: Reader, seconds: number): Promise<void> {
  await tx.update(clockOffset).set({ seconds });
}
