import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';

/** Who was signed in as an administrator of Stint this lately is told what only administrators can mend. */
const lately = '30 days';

/** Administrators of Stint, as far as Stint knows them: by their sign-ins. Entra’s own list is not read for it. */
export async function administrators(tx: Tx): Promise<string[]> {
  const result = await tx.execute(sql`
    select distinct object_id as id from (
      select distinct on (object_id) object_id, roles, last_seen_at from sessions order by object_id, created_at desc
    ) newest
    where roles @> '["Stint.Administrator"]'::jsonb and last_seen_at > now() - ${lately}::interval`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
