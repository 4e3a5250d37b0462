import { sql } from 'drizzle-orm';
import type { Reader } from './client.ts';
import { accountIds, ownIds } from './own-access.ts';

/**
 * Whether something about this principal is about this person, too, by whichever of their accounts: it is themselves, a
 * group they are in, may join or own, whatever groups are between, or a workload they answer for, themselves or by a
 * group. As the Reader last saw it.
 */
export async function isAbout(from: Reader, principalId: string | null, personId: string): Promise<boolean> {
  if (!principalId || principalId === personId) return principalId === personId;
  const person = sql`${personId}`;
  const answer = await from.execute(sql`
    with theirs as (
      select ${principalId} as id union select member_id from effective_members where group_id = ${principalId}),
    accounts as (select unnest(${accountIds(person)}) as id),
    own as (select unnest(${ownIds(person)}) as id)
    select 1 from theirs where id in (select id from accounts)
    union all
    select 1 from assignments may join own on own.id = may.principal_id
    where may.plane = 'group' and may.gone_at is null and lower(may.scope_id) in (select lower(id) from theirs)
    union all
    select 1 from responsibles answers join theirs on theirs.id = answers.principal_id
    where answers.responsible_id in (select id from own) and answers."as" in ('owner', 'sponsor') and answers.gone_at is null
    limit 1`);
  return (answer as unknown as { rows: unknown[] }).rows.length > 0;
}
