import { sql } from 'drizzle-orm';
import type { Tx } from './client.ts';

/** No page waits for it; the usual limit is for those that do. */
const mostMinutes = 10;

/**
 * For large statements over tables made within them: those have no statistics, and guessed small they would be walked
 * once for every row.
 * @returns how to go on as before, in the same transaction.
 */
export async function planAsBulk(tx: Tx): Promise<() => Promise<unknown>> {
  const before = await tx.execute(sql`select current_setting('statement_timeout') as patience`);
  const [{ patience } = { patience: '0' }] = (before as unknown as { rows: { patience: string }[] }).rows;
  const set = (word: 'on' | 'off', timeout: string) =>
    tx.execute(sql`select set_config('enable_nestloop', ${word}, true),
      set_config('statement_timeout', ${timeout}, true)`);
  await set('off', `${mostMinutes}min`);
  return () => set('on', patience);
}
