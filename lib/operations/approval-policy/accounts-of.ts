import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';

/**
 * A person's accounts, their own id among them. Of a request filed at `filedAt` those too that were unlinked since: who
 * takes two accounts apart makes no second person of one who asked or signed already.
 */
export async function accountsOf(tx: Tx, personId: string, filedAt: Date | null = null): Promise<string[]> {
  return (await accountsOfEach(tx, [personId], filedAt))(personId);
}

/** The same of several at once. */
export async function accountsOfEach(
  tx: Tx,
  personIds: readonly string[],
  filedAt: Date | null,
): Promise<(personId: string) => string[]> {
  const result = await tx.execute(sql`
    with recursive links (one, other) as (
      select account_id, owner_id from linked_accounts
      union all select account_id, other_id from unlinked_accounts
      where unlinked_at >= ${filedAt?.toISOString() ?? null}::timestamptz),
    own (person, id) as (
      select value, value from jsonb_array_elements_text(${JSON.stringify(personIds)}::jsonb)
      union select own.person, case when links.one = own.id then links.other else links.one end
      from own join links on own.id in (links.one, links.other))
    select person, id from own`);
  const { rows } = result as unknown as { rows: { person: string; id: string }[] };
  const found = new Map<string, string[]>();
  for (const { person, id } of rows) found.set(person, [...(found.get(person) ?? []), id]);
  return (personId) => found.get(personId) ?? [personId];
}
