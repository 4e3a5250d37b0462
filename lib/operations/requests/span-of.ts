import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { minute } from '#lib/domain/time.ts';

/**
 * Minutes from the start of the first window to the end of this one, through everything it follows: what a rule about
 * lengths looks at, so that many short ones after each other are one long one. 0 without a request.
 */
export async function spanOf(tx: Tx, requestId: string | null): Promise<number> {
  if (!requestId) return 0;
  const result = await tx.execute(sql`
    with recursive windows as (
      select id, follows_id, starts_at, ends_at, minutes from requests where id = ${requestId}
      union all
      select before.id, before.follows_id, before.starts_at, before.ends_at, before.minutes
      from requests before join windows on before.id = windows.follows_id
    )
    select min(starts_at) as first, max(ends_at) as last, sum(minutes)::int as minutes from windows`);
  const [row] = (
    result as unknown as { rows: { first: string | null; last: string | null; minutes: number }[] }
  ).rows;
  if (!row?.first || !row.last) return row?.minutes ?? 0;
  return Math.ceil((new Date(row.last).getTime() - new Date(row.first).getTime()) / minute);
}
