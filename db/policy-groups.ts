import { sql } from 'drizzle-orm';

/** `id` of every group that the approval policy in force names, lower case: who is in it is read, though it holds nothing. */
export const policyGroups = sql`
  select distinct lower(p.id) as id from principals p
  where p.kind = 'group' and p.gone_at is null and lower(p.id) in (
    select lower(named #>> '{}') from jsonb_path_query(
      (select document from approval_policies order by version desc limit 1), '$.**.id') as named)`;
