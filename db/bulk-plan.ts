import { sql } from 'drizzle-orm';
import type { Tx } from './client.ts';

/**
 * For one large statement over tables made within it: they have no statistics, and guessed small they would be walked
 * once for every row. Forbidding that makes every plan look dear, for which compiling it would take longer than it runs.
 */
export async function planAsBulk(tx: Tx): Promise<() => Promise<unknown>> {
  const set = (word: 'on' | 'off') =>
    tx.execute(sql`select set_config('enable_nestloop', ${word}, true), set_config('jit', ${word}, true)`);
  await set('off');
  return () => set('on');
}
