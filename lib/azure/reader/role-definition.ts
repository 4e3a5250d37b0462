import type { Group, UnifiedRoleDefinition } from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { ReaderCalls } from './calls.ts';

/** What the role lets its holder do; null when there is no such role. */
export async function readRoleDefinition(
  calls: ReaderCalls,
  role: RoleAtScope,
): Promise<RoleDefinition | null> {
  try {
    if (role.plane === 'azure') return await azureRole(calls, role);
    return role.plane === 'entra' ? await entraRole(calls, role) : await groupRole(calls, role);
  } catch (fault) {
    if (fault instanceof AzureFault && fault.kind === 'not_found') return null;
    throw fault;
  }
}

/** Beta, because v1.0 lacks `isPrivileged`. */
async function entraRole(calls: ReaderCalls, { roleId }: RoleAtScope): Promise<RoleDefinition> {
  const role = await (await calls.graph()).get<UnifiedRoleDefinition & { isPrivileged?: boolean | null }>(
    `/beta/roleManagement/directory/roleDefinitions/${roleId}`,
  );
  const permissions = role.rolePermissions ?? [];
  return {
    plane: 'entra',
    id: roleId,
    name: role.displayName ?? roleId,
    description: role.description ?? '',
    isBuiltIn: role.isBuiltIn === true,
    isPrivileged: role.isPrivileged ?? null,
    actions: permissions.flatMap((one) => one.allowedResourceActions ?? []),
    notActions: permissions.flatMap((one) => one.excludedResourceActions ?? []),
    dataActions: [],
    notDataActions: [],
  };
}

async function groupRole(calls: ReaderCalls, { roleId, scopeId }: RoleAtScope): Promise<RoleDefinition> {
  const group = await (await calls.graph()).get<Group>(
    `/v1.0/groups/${scopeId}?$select=id,displayName,description`,
  );
  return {
    plane: 'group',
    id: roleId,
    name: roleId === 'owner' ? 'Owner' : 'Member',
    description: group.description ?? '',
    isBuiltIn: true,
    isPrivileged: null,
    actions: [],
    notActions: [],
    dataActions: [],
    notDataActions: [],
  };
}

async function azureRole(calls: ReaderCalls, { roleId, scopeId }: RoleAtScope): Promise<RoleDefinition> {
  const role = await (await calls.arm()).sdk('read', (client) => client.roleDefinitions.get(scopeId, roleId));
  const permissions = role.permissions ?? [];
  return {
    plane: 'azure',
    id: roleId,
    name: role.roleName ?? roleId,
    description: role.description ?? '',
    isBuiltIn: role.roleType === 'BuiltInRole',
    isPrivileged: null,
    actions: permissions.flatMap((one) => one.actions ?? []),
    notActions: permissions.flatMap((one) => one.notActions ?? []),
    dataActions: permissions.flatMap((one) => one.dataActions ?? []),
    notDataActions: permissions.flatMap((one) => one.notDataActions ?? []),
  };
}
