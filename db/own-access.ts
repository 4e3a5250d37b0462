/**
 * Whose access is a person's own, as SQL: nobody decides on theirs, by whichever of their accounts, nor on that of a group
 * one of them is or may be in.
 */
import { type SQL, sql } from 'drizzle-orm';

/** Neither a holder of the person's, nor a group that holds it and that they are in or may join. */
export function isNotOwn(holder: SQL, person: SQL): SQL {
  return sql`${holder} <> all (${ownIds(person)})`;
}

/** All accounts of the person, and every group any of them is in or may join. */
export function ownIds(person: SQL): SQL {
  return reachedFrom(sql`select unnest(${accountIds(person)})`);
}

/** The person's accounts, this one among them. */
export function accountIds(person: SQL): SQL {
  return sql`array(select ${person}::text union select other.account_id
    from linked_accounts mine join linked_accounts other on other.owner_id = mine.owner_id
    where mine.account_id = ${person})`;
}

/** The same for all accounts of one person. */
export function personKey(account: SQL): SQL {
  return sql`coalesce((select owner_id from linked_accounts where account_id = ${account}), ${account})`;
}

/** One account alone: what it may use itself. */
export function idsOfAccount(account: SQL): SQL {
  return reachedFrom(sql`select ${account}::text`);
}

/** These, and every group they are in or may join, through groups and from one activation to the next. */
function reachedFrom(ids: SQL): SQL {
  // Also direct memberships: `effective_members` is worked out only when a reading has come to its end.
  return sql`array(
    with recursive begin (id) as (${ids}), own (id) as (
      select id from begin
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
