import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';

/** Who would be locked out is judged by nothing older. The tenant is read every hour. */
export const oldestHours = 3;

/** Whether a reading of the tenant ended lately enough to judge by, by Stint's time. */
export async function isReadLately(tx: Tx): Promise<boolean> {
  const result = await tx.execute(
    sql`select 1 from inventory_runs where finished_at > stint_now() - make_interval(hours => ${oldestHours})
      limit 1`,
  );
  return (result as unknown as { rows: unknown[] }).rows.length > 0;
}
