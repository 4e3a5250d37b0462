import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';

/** Who would be locked out is judged by nothing older. What has changed is looked for every few minutes. */
export const oldestHours = 3;

/** Whether a reading of the tenant ended lately enough to judge by, by Stint's time: of everything, or of whole logs. */
export async function isReadLately(tx: Tx, hours: number = oldestHours): Promise<boolean> {
  const result = await tx.execute(
    sql`select 1 from inventory_runs run
      where run.finished_at > stint_now() - make_interval(hours => ${hours})
        and (run.kind = 'full' or not exists (select 1 from inventory_parts part where part.run_id = run.id
          and part.list in ('directory_changes', 'azure_changes') and part.state <> 'done'))
      limit 1`,
  );
  return (result as unknown as { rows: unknown[] }).rows.length > 0;
}
