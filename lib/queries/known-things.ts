import { type SQL, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { KnownKind, KnownThing, TrialRole } from './approval-policy-rows.ts';
import { containing } from './containing.ts';

const mostFound = 12;
const mostRoles = 200;

/** What a rule may name, by a part of its name or by its id, as far as Stint knows; null to whom it is not open. */
export async function knownThings(
  viewer: Actor,
  kind: KnownKind,
  typed: string,
): Promise<KnownThing[] | null> {
  if (!mayAdminister(viewer)) return null;
  const text = typed.replaceAll('\0', '').trim().slice(0, 200);
  if (text === '' && kind !== 'schedule') return [];
  const like = containing(text);
  const result = await db().execute(sql`
    select id, name, coalesce(note, '') as note, plane from (${sources[kind](like)}) known
    where name ilike ${like} or note ilike ${like} or lower(id) = ${text.toLowerCase()}
    order by lower(name), id limit ${mostFound}`);
  return (result as unknown as { rows: KnownThing[] }).rows;
}

const people = sql`
  select id, name, upn as note, null::text as plane from principals
    where kind in ('member', 'guest') and gone_at is null
  union
  -- Whom Stint met before the tenant was read.
  select object_id, name, upn, null from people
    where not exists (select 1 from principals p where p.id = object_id)`;
const groups = sql`
  select id, name, 'group' as note, null::text as plane from principals where kind = 'group' and gone_at is null`;

const sources: Record<KnownKind, (like: SQL) => SQL> = {
  person: () => people,
  group: () => groups,
  anybody: () => sql`${people} union ${groups}`,
  // Azure writes a role as a path that ends in its id.
  role: (like) => sql`
    select distinct on (plane, lower(regexp_replace(role_id, '^.*/', ''))) regexp_replace(role_id, '^.*/', '') as id,
      role_name as name, plane as note, plane from (
        select plane, role_id, definition->>'name' as role_name from mirror_roles where plane <> 'group'
        union all select plane, role_id, role_name from assignments where gone_at is null and role_name ilike ${like}
        union all select plane, role_id, role_name from mirror_eligible where role_name ilike ${like}) roles`,
  scope: (like) => sql`
    select distinct on (lower(scope_id)) scope_id as id, scope_name as name, scope_id as note, null::text as plane from (
      select scope_id, scope_name from assignments
        where gone_at is null and plane <> 'group' and (scope_name ilike ${like} or scope_id ilike ${like})
      union all select scope_id, scope_name from mirror_eligible where plane <> 'group'
      union all select id, name from child_scopes
      union all select id, name from scope_tree where gone_at is null) scopes`,
  schedule: () =>
    sql`select id::text, name, rotation->>'zone' as note, null::text as plane from duty_schedules`,
};

/** What somebody is eligible for, as they and the last reading of the tenant tell; null to whom it is not open. */
export async function eligibleOf(viewer: Actor, personId: string): Promise<TrialRole[] | null> {
  if (!mayAdminister(viewer)) return null;
  const result = await db().execute(sql`
    select distinct on (lower(role_name), plane, lower(role_id), lower(scope_id)) plane,
      role_id as "roleId", scope_id as "scopeId", role_name as "roleName", scope_name as "scopeName",
      scope_kind as "scopeKind"
    from (
      select plane, role_id, scope_id, role_name, scope_name, scope_kind from mirror_eligible
        where principal_id = ${personId}
      union all
      select plane, case when plane = 'azure' then regexp_replace(role_id, '^.*/', '') else role_id end,
        scope_id, role_name, scope_name, scope_kind from assignments
      where gone_at is null and kind = 'eligible' and (principal_id = ${personId}
        or principal_id in (select group_id from effective_members where member_id = ${personId}))) roles
    order by lower(role_name), plane, lower(role_id), lower(scope_id) limit ${mostRoles}`);
  return (result as unknown as { rows: TrialRole[] }).rows;
}
