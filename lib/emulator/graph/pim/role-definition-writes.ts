import { randomUUID } from 'node:crypto';
import { at, type Exchange, isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { auditDirectory } from '#lib/emulator/pim/audit-directory.ts';
import { hasEnded } from '#lib/emulator/pim/end.ts';
import { mayAdminister } from '#lib/emulator/pim/may-administer.ts';
import type { EntraRole } from '#lib/emulator/state.ts';
import { roleWriters } from './role-assignment-row.ts';

/** A new custom role. */
export function makeRole(exchange: Exchange): EntraRole {
  requireAdministrator(exchange);
  const { state } = exchange.world;
  const id = randomUUID();
  const blank: EntraRole = {
    id,
    displayName: '',
    description: '',
    isBuiltIn: false,
    isEnabled: true,
    isPrivileged: false,
    rolePermissions: [],
  };
  const role = written(exchange, blank);
  if (typeof bodyOf(exchange).isEnabled !== 'boolean') throw badRequest('isEnabled is required.');
  state.entraRoles = [...state.entraRoles, role];
  auditDirectory(exchange, 'Add role definition', 'RoleManagement', [id]);
  return role;
}

/** What the body names of a custom role; the rest stays. */
export function changeRole(exchange: Exchange): void {
  const before = custom(exchange);
  const after = written(exchange, before);
  const { state } = exchange.world;
  state.entraRoles = state.entraRoles.map((role) => (role === before ? after : role));
  auditDirectory(exchange, 'Update role definition', 'RoleManagement', [after.id]);
}

/** Refused while anybody holds the role or may activate it. */
export function deleteRole(exchange: Exchange): void {
  const gone = custom(exchange);
  const { state } = exchange.world;
  if (state.schedules.some((one) => one.plane === 'entra' && one.role === gone.id && !hasEnded(one)))
    throw badRequest('The role definition has assignments.');
  auditDirectory(exchange, 'Delete role definition', 'RoleManagement', [gone.id]);
  state.entraRoles = state.entraRoles.filter((role) => role !== gone);
}

function requireAdministrator(exchange: Exchange): void {
  requirePermission(exchange, roleWriters);
  if (!mayAdminister(exchange.world, exchange.caller, 'entra', '/')) throw denied();
}

/** The role of the path, which must not be one of Microsoft's. */
function custom(exchange: Exchange): EntraRole {
  requireAdministrator(exchange);
  const id = at(exchange, 'id').toLowerCase();
  const found = exchange.world.state.entraRoles.find((role) => role.id === id);
  if (!found) throw resourceMissing(id);
  if (found.isBuiltIn) throw badRequest('Built-in role definitions cannot be changed or deleted.');
  return found;
}

function written(exchange: Exchange, before: EntraRole): EntraRole {
  const body = bodyOf(exchange);
  const { displayName = before.displayName, description = before.description } = body;
  const { isEnabled = before.isEnabled, templateId, version } = body;
  const isWhole = typeof displayName === 'string' && displayName !== '' && typeof isEnabled === 'boolean';
  if (!isWhole || (description !== null && typeof description !== 'string'))
    throw badRequest('displayName is required, description is text, isEnabled is true or false.');
  const rolePermissions =
    body.rolePermissions === undefined ? before.rolePermissions : permissionsOf(body.rolePermissions);
  if (rolePermissions.length === 0) throw badRequest('rolePermissions is required.');
  return {
    ...before,
    displayName,
    description: description ?? '',
    isEnabled,
    rolePermissions,
    ...(typeof templateId === 'string' && { templateId }),
    ...(typeof version === 'string' && { version }),
  };
}

function permissionsOf(value: unknown): EntraRole['rolePermissions'] {
  if (!Array.isArray(value)) throw badRequest('rolePermissions is a list.');
  return value.map((one: unknown) => {
    const { allowedResourceActions: actions, condition = null } = isRow(one) ? one : {};
    const isList = Array.isArray(actions) && actions.every((action) => typeof action === 'string');
    if (!isList || (condition !== null && typeof condition !== 'string'))
      throw badRequest('allowedResourceActions is a list of actions.');
    return { allowedResourceActions: actions, condition };
  });
}

const bodyOf = ({ call }: Exchange): Row => (isRow(call.body) ? call.body : {});
