import type { RoleDefinition as ArmRole } from '@azure/arm-authorization';
import type { Group, UnifiedRoleDefinition } from '@microsoft/microsoft-graph-types';
import { AzureFault } from '#lib/azure/faults.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import type { RoleDefinition } from '#lib/domain/role-definition.ts';
import type { ReaderCalls } from './calls.ts';

/** Beta, because v1.0 lacks `isPrivileged`. */
export const entraRolesPath = '/beta/roleManagement/directory/roleDefinitions';
export type EntraRole = UnifiedRoleDefinition & { isPrivileged?: boolean | null };
export type AzureRole = Pick<ArmRole, 'name' | 'roleName' | 'description' | 'roleType' | 'permissions'>;

/** What the role lets its holder do; null when there is no such role. */
export async function readRoleDefinition(
  calls: ReaderCalls,
  { plane, roleId, scopeId }: RoleAtScope,
): Promise<RoleDefinition | null> {
  try {
    if (plane === 'group') return await groupRole(calls, roleId, scopeId);
    if (plane === 'entra')
      return entraRoleOf(await (await calls.graph()).get<EntraRole>(`${entraRolesPath}/${roleId}`));
    const arm = await calls.arm();
    return azureRoleOf(await arm.sdk('read', (client) => client.roleDefinitions.get(scopeId, roleId)));
  } catch (fault) {
    if (fault instanceof AzureFault && fault.kind === 'not_found') return null;
    throw fault;
  }
}

export function entraRoleOf(role: EntraRole): RoleDefinition {
  const permissions = role.rolePermissions ?? [];
  return {
    plane: 'entra',
    id: role.id ?? '',
    name: role.displayName ?? role.id ?? '',
    description: role.description ?? '',
    isBuiltIn: role.isBuiltIn === true,
    isPrivileged: role.isPrivileged ?? null,
    actions: permissions.flatMap((one) => one.allowedResourceActions ?? []),
    notActions: permissions.flatMap((one) => one.excludedResourceActions ?? []),
    dataActions: [],
    notDataActions: [],
  };
}

export function azureRoleOf(role: AzureRole): RoleDefinition {
  const permissions = role.permissions ?? [];
  return {
    plane: 'azure',
    id: role.name ?? '',
    name: role.roleName ?? role.name ?? '',
    description: role.description ?? '',
    isBuiltIn: role.roleType === 'BuiltInRole',
    isPrivileged: null,
    actions: permissions.flatMap((one) => one.actions ?? []),
    notActions: permissions.flatMap((one) => one.notActions ?? []),
    dataActions: permissions.flatMap((one) => one.dataActions ?? []),
    notDataActions: permissions.flatMap((one) => one.notDataActions ?? []),
  };
}

async function groupRole(calls: ReaderCalls, roleId: string, scopeId: string): Promise<RoleDefinition> {
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
