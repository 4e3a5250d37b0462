import { sql } from 'drizzle-orm';
import type { RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import type { PolicyFacts } from '#lib/domain/policy.ts';
import type { Reader } from './client.ts';
import { idsOfAccount } from './own-access.ts';

/** A role that somebody would be eligible for as a member of a group they may join. */
export interface GainedRole extends RoleAtScope, RoleNames {
  groupId: string;
  groupName: string;
  /** null: not known. */
  facts: PolicyFacts | null;
}

/**
 * Which of these roles, by key, the person would be eligible for after activating their membership of a group, as the
 * inventory knows it. One role may be gained in several ways, each a row.
 */
export async function gainedRoles(from: Reader, personId: string, keys: string[]): Promise<GainedRole[]> {
  if (keys.length === 0) return [];
  const found = await from.execute(sql`
    with own as (select unnest(${idsOfAccount(sql`${personId}`)}) as id),
    joinable as (
      select distinct lower(scope_id) as id, scope_name as name from assignments join own on principal_id = own.id
      where plane = 'group' and role_id = 'member' and kind = 'eligible' and gone_at is null),
    givers as (
      select id as principal_id, id, name from joinable
      union
      select m.group_id, joinable.id, name from joinable join effective_members m on m.member_id = joinable.id)
    select distinct a.plane, a.role_id as "roleId", a.scope_id as "scopeId", a.role_name as "roleName",
      a.scope_name as "scopeName", a.scope_kind as "scopeKind", givers.id as "groupId",
      givers.name as "groupName", p.facts
    from givers join assignments a on a.principal_id = givers.principal_id
    left join mirror_policies p on p.plane = a.plane and p.role_id = a.role_id and p.scope_id = a.scope_id
    where a.kind = 'eligible' and a.gone_at is null
      and lower(a.plane || '|' || a.role_id || '|' || a.scope_id) in ${keys}
    order by "groupName"`);
  return (found as unknown as { rows: GainedRole[] }).rows;
}
