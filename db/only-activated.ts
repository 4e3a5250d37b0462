import { type SQL, sql } from 'drizzle-orm';

/**
 * A row of `effective_members` (by its alias) that is in its group for hours, by an activation: what lasts is the eligibility
 * for it.
 */
export function isOnlyActivated(m: SQL): SQL {
  return sql`coalesce((select bool_and(way.kind = 'activated') from assignments way
    where way.plane = 'group' and way.principal_id = ${m}.member_id and lower(way.role_id) = 'member'
      and way.gone_at is null and way.kind <> 'eligible'
      and way.scope_id = coalesce(${m}.through ->> -1, ${m}.group_id)), false)`;
}
