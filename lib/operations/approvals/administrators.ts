import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { holdersOfStint } from '#db/holders-of-stint.ts';
import { isReadLately } from '#lib/operations/apply/is-read-lately.ts';
import { readWithinHours } from '#lib/operations/approval-policy/read-within.ts';

/**
 * Administrators of Stint, as Entra had it at the last reading of the tenant. Where that could not be read, or not within
 * a day, who is signed in as one: a session that is over says nothing of what somebody is.
 */
export async function administrators(tx: Tx): Promise<string[]> {
  const isRead = await isReadLately(tx, readWithinHours);
  const held = isRead ? await holdersOfStint(tx, 'Stint.Administrator') : null;
  if (held) return held;
  const result = await tx.execute(sql`
    select distinct object_id as id from sessions
    where ended_at is null and expires_at > now() and roles @> '["Stint.Administrator"]'::jsonb`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
