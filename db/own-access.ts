/** Whose access is a person's own, as SQL: nobody decides on theirs, nor on that of a group they are or may be in. */
import { type SQL, sql } from 'drizzle-orm';

/** Neither the holder, nor in a group that holds it, nor somebody who may join one by activating a membership. */
export function isNotOwn(holder: SQL, person: SQL): SQL {
  return sql`${holder} <> all (${ownIds(person)})`;
}

/** The person, and every group they are in or may join, through groups and from one activation to the next. */
export function ownIds(person: SQL): SQL {
  // Also direct memberships: `effective_members` is worked out only when a reading has come to its end.
  return sql`array(
    with recursive own (id) as (
      select ${person}::text
      union
      select reached.id from own cross join lateral (
        select m.group_id as id from effective_members m where m.member_id = own.id
        union all
        select m.group_id from memberships m where m.member_id = own.id and m.gone_at is null
        union all
        select lower(a.scope_id) from assignments a
          where a.principal_id = own.id and a.plane = 'group' and a.role_id = 'member' and a.gone_at is null
      ) reached)
    select id from own)`;
}
