import { sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import type { RoleNames, ScopeKind } from '#lib/domain/assignment.ts';
import type { Callout } from '#lib/domain/evaluation.ts';
import type { Plane } from '#lib/domain/plane.ts';

/**
 * How the role, its scope and the person are called, by all that Stint has read: the person may never have been here.
 * null: no such role is known. A scope is called by its id where nothing names it.
 */
export async function placeOf(
  tx: Tx,
  { principalId, role: { plane, roleId, scopeId } }: Callout,
): Promise<(RoleNames & { principalName: string }) | null> {
  const named = (what: string, where: string) =>
    sql.raw(`coalesce(
      (select ${what} from mirror_eligible t, asked where ${where} limit 1),
      (select ${what} from assignments t, asked where ${where} limit 1),
      (select ${what} from requests t, asked where ${where} limit 1))`);
  const result = await tx.execute(sql`
    with asked as (select ${plane}::text as plane, ${roleId}::text as role_id, lower(${scopeId}) as scope_id)
    select coalesce(
        (select definition ->> 'name' from mirror_roles m, asked a
          where m.plane = a.plane and m.role_id = a.role_id and m.plane <> 'group'),
        ${named('t.role_name', 't.plane = asked.plane and t.role_id = asked.role_id')}) as role_name,
      ${named('t.scope_name', 't.plane = asked.plane and t.role_id = asked.role_id and lower(t.scope_id) = asked.scope_id')} as scope_name,
      coalesce(
        (select name from people where object_id = ${principalId}),
        (select name from principals where id = ${principalId}),
        ${principalId}) as principal_name`);
  const [row] = (result as unknown as { rows: Named[] }).rows;
  if (!row?.role_name) return null;
  const scopeKind = kindOf(plane, scopeId);
  return {
    ...{ roleName: row.role_name, scopeName: row.scope_name ?? scopeId, scopeKind },
    principalName: row.principal_name,
  };
}

interface Named {
  role_name: string | null;
  scope_name: string | null;
  principal_name: string;
}

/** The path says what kind of scope it is. */
function kindOf(plane: Plane, scopeId: string): ScopeKind {
  if (plane === 'group') return 'group';
  if (plane === 'entra') return scopeId === '/' ? 'directory' : 'administrative_unit';
  const parts = scopeId.toLowerCase().split('/').filter(Boolean);
  if (parts[0] !== 'subscriptions') return 'management_group';
  if (parts.length <= 2) return 'subscription';
  return parts[2] === 'resourcegroups' && parts.length === 4 ? 'resource_group' : 'resource';
}
