import { sql } from 'drizzle-orm';

/**
 * `id` of every group that the approval policy in force names, or a rule by which something still waits, lower case: who
 * is in it is read, though it holds nothing.
 */
export const policyGroups = sql`
  select distinct lower(p.id) as id from principals p
  where p.kind = 'group' and p.gone_at is null and lower(p.id) in (
    select lower(named #>> '{}') from (
      (select document from approval_policies order by version desc limit 1)
      union all select rule from request_approvals where state = 'waiting') held,
    jsonb_path_query(held.document, '$.**.id') as named)`;
