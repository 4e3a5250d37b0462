import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { AzureRole } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import { assignableAt } from './assignable-roles.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { readFilter } from './filter.ts';
import { authorizationFailed, notEmulated } from './refusals.ts';
import { definitionRow } from './role-definition-row.ts';
import { deleteRoleDefinition, writeRoleDefinition } from './role-definition-write.ts';
import { covers } from './scopes.ts';

const ACTION = 'Microsoft.Authorization/roleDefinitions/read';

/**
 * roleDefinitions at a scope: list, get, and put and delete of custom ones (contract 5.5). Anyone may read Azure's own roles at the tenant level;
 * elsewhere 403 without the right to read them.
 */
export function roleDefinitions(ask: AuthorizationCall): Answer {
  const { call, world, caller, scope } = ask;
  const [, written] = ask.rest;
  if (ask.rest.length > 2) throw notEmulated(call);
  if (call.method === 'PUT' && written !== undefined) return writeRoleDefinition(ask, written);
  if (call.method === 'DELETE' && written !== undefined) return deleteRoleDefinition(ask, written);
  if (call.method !== 'GET') throw notEmulated(call);
  if (scope !== '/' && !mayOnArm(world, caller.objectId, ACTION, scope)) {
    throw authorizationFailed(world, caller, ACTION, scope);
  }
  const name = ask.rest[1];
  return name === undefined ? list(ask) : one(ask, name);
}

function list(ask: AuthorizationCall): Answer {
  const { state } = ask.world;
  const filter = readFilter(ask.call, ['roleName', 'type', 'atScopeAndBelow']);
  const below = (role: AzureRole) => role.assignableScopes.some((scope) => covers(state, ask.scope, scope));
  const roles = filter.has('atScopeAndBelow')
    ? state.azureRoles.filter((role) => assignableAt(state, ask.scope).includes(role) || below(role))
    : assignableAt(state, ask.scope);
  const value = roles
    .filter((role) => same(filter.get('roleName'), role.roleName) && same(filter.get('type'), role.type))
    .map((role) => definitionRow(role, ask.scope));
  return { status: 200, body: { value } };
}

function one(ask: AuthorizationCall, name: string): Answer {
  const found = assignableAt(ask.world.state, ask.scope).find((role) => role.name === name.toLowerCase());
  if (found !== undefined) return { status: 200, body: definitionRow(found, ask.scope) };
  throw new PimRefusal(
    404,
    'RoleDefinitionDoesNotExist',
    `The specified role definition with ID '${name.replaceAll('-', '')}' does not exist.`,
  );
}

function same(wanted: string | undefined, actual: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === actual.toLowerCase();
}
