import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';

/**
 * A person's accounts, their own id among them. Of a request filed at `filedAt` those too that were unlinked since: who
 * takes two accounts apart makes no second person of one who asked or signed already.
 */
export async function accountsOf(tx: Tx, personId: string, filedAt: Date | null = null): Promise<string[]> {
  const result = await tx.execute(sql`
    with recursive links (one, other) as (
      select account_id, owner_id from linked_accounts
      union all select account_id, other_id from unlinked_accounts
      where unlinked_at >= ${filedAt?.toISOString() ?? null}::timestamptz),
    own (id) as (
      select ${personId}::text
      union select case when links.one = own.id then links.other else links.one end
      from own join links on own.id in (links.one, links.other))
    select id from own`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}
