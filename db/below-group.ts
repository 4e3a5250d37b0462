import { type SQL, sql } from 'drizzle-orm';

/** As SQL: management groups and subscriptions below a management group (in lower case), at any depth, as the Reader last saw them. */
export function belowGroup(scopeId: string): SQL {
  return sql`
    with recursive below as (
      select id from scope_tree where parent_id = ${scopeId} and gone_at is null
      union
      select inner_scope.id
      from below join scope_tree inner_scope on inner_scope.parent_id = below.id and inner_scope.gone_at is null)
    select id from below`;
}

/** As SQL: the subscription or management group an Azure scope lies in, or is; null for others. */
export function homeOf(scopeId: SQL): SQL {
  return sql`substring(lower(${scopeId})
    from '^/subscriptions/[^/]+|^/providers/microsoft[.]management/managementgroups/[^/]+')`;
}
