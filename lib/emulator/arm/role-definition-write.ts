import { hasEnded } from '#lib/emulator/pim/end.ts';
import { PimRefusal } from '#lib/emulator/pim/refusal.ts';
import type { AzureRole } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { mayOnArm } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { authorizationFailed } from './refusals.ts';
import { fields, text } from './request-body.ts';
import { definitionRow } from './role-definition-row.ts';
import { canonicalScope } from './scopes.ts';

const TYPE = 'Microsoft.Authorization/roleDefinitions';
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * PUT of a custom role: 201 with the definition, for a new one and a changed one alike. The caller must be allowed to write
 * at every assignable scope. 400 for what is no role, 403 for Azure's own, 409 for a name that is taken.
 */
export function writeRoleDefinition(ask: AuthorizationCall, written: string): Answer {
  const { world, caller } = ask;
  const { state } = world;
  const name = written.toLowerCase();
  if (!GUID.test(name))
    throw badRole('InvalidRoleDefinitionId', `The role definition ID '${written}' is not valid.`);
  const before = state.azureRoles.find((role) => role.name === name);
  if (before?.type === 'BuiltInRole') throw notCustom();
  const asked = read(ask);
  for (const scope of new Set([...asked.assignableScopes, ...(before?.assignableScopes ?? [])])) {
    if (mayOnArm(world, caller.objectId, `${TYPE}/write`, scope)) continue;
    throw authorizationFailed(world, caller, `${TYPE}/write`, scope);
  }
  const sameName = (role: AzureRole) => role.roleName.toLowerCase() === asked.roleName.toLowerCase();
  if (state.azureRoles.some((role) => role.name !== name && sameName(role))) {
    throw new PimRefusal(
      409,
      'RoleDefinitionWithSameNameExists',
      `A custom role with the same name already exists in this directory. Use a different name: '${asked.roleName}'.`,
    );
  }
  const now = world.now();
  const role: AzureRole = {
    ...asked,
    name,
    type: 'CustomRole',
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    createdBy: before?.createdBy ?? caller.objectId,
    updatedBy: caller.objectId,
  };
  state.azureRoles = [...state.azureRoles.filter((one) => one !== before), role];
  world.changed();
  return { status: 201, body: definitionRow(role, ask.scope) };
}

/** DELETE of a custom role: 200 with what it was, 204 when there is none, 400 while anybody holds it. */
export function deleteRoleDefinition({ world, caller, scope }: AuthorizationCall, written: string): Answer {
  const { state } = world;
  const found = state.azureRoles.find((role) => role.name === written.toLowerCase());
  if (found === undefined) return { status: 204 };
  if (found.type === 'BuiltInRole') throw notCustom();
  for (const assignable of found.assignableScopes) {
    if (mayOnArm(world, caller.objectId, `${TYPE}/delete`, assignable)) continue;
    throw authorizationFailed(world, caller, `${TYPE}/delete`, assignable);
  }
  const isHeld = state.schedules.some(
    (one) => one.plane === 'azure' && one.role === found.name && !hasEnded(one),
  );
  if (isHeld) {
    throw badRole(
      'RoleDefinitionHasAssignments',
      'There are existing role assignments referencing role (code: RoleDefinitionHasAssignments).',
    );
  }
  state.azureRoles = state.azureRoles.filter((role) => role !== found);
  world.changed();
  return { status: 200, body: definitionRow(found, scope) };
}

function read({
  call,
  world,
}: AuthorizationCall): Pick<AzureRole, 'roleName' | 'description' | 'assignableScopes' | 'permissions'> {
  const properties = fields(fields(call.body).properties);
  const roleName = text(properties.roleName)?.trim();
  if (!roleName) throw badRole('InvalidRoleDefinition', 'The role name is missing.');
  const assignableScopes = texts(properties.assignableScopes).map((written) => {
    const scope = canonicalScope(world.state, written);
    if (scope !== null && scope !== '/') return scope;
    throw badRole(
      'InvalidAssignableScope',
      `The assignable scope '${written}' is not valid for a custom role.`,
    );
  });
  if (assignableScopes.length === 0)
    throw badRole('InvalidAssignableScope', 'The role has no assignable scope.');
  const permissions = list(properties.permissions).map((one) => {
    const { actions, notActions, dataActions, notDataActions } = fields(one);
    return {
      actions: texts(actions),
      notActions: texts(notActions),
      dataActions: texts(dataActions),
      notDataActions: texts(notDataActions),
    };
  });
  if (!permissions.some(({ actions, dataActions }) => actions.length + dataActions.length > 0)) {
    throw badRole(
      'InvalidRoleDefinitionPermissions',
      'The role has no permissions: it needs at least one action.',
    );
  }
  for (const action of permissions.flatMap((one) => Object.values(one).flat())) {
    if (action === '*' || /^[\w.*-]+(\/[\w.*-]+)+$/.test(action)) continue;
    throw badRole(
      'InvalidActionOrNotAction',
      `'${action}' does not match any of the actions supported by the providers.`,
    );
  }
  return { roleName, description: text(properties.description) ?? '', assignableScopes, permissions };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): string[] {
  return list(value).flatMap((one) => text(one) ?? []);
}

function badRole(code: string, message: string): PimRefusal {
  return new PimRefusal(400, code, message);
}

function notCustom(): PimRefusal {
  return new PimRefusal(
    403,
    'RoleDefinitionNotCustom',
    'Built-in role definitions cannot be changed or deleted.',
  );
}
