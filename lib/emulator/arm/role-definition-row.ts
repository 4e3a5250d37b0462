import type { AzureRole } from '#lib/emulator/state.ts';
import { printedTime, roleDefinitionId } from './printed.ts';

/** A role definition as seen from a scope; who made it and when only where that is known. */
export function definitionRow(role: AzureRole, scope: string) {
  return {
    properties: {
      roleName: role.roleName,
      type: role.type,
      description: role.description,
      assignableScopes: role.assignableScopes,
      permissions: role.permissions,
      ...(role.createdAt === undefined ? {} : { createdOn: printedTime(role.createdAt) }),
      ...(role.updatedAt === undefined ? {} : { updatedOn: printedTime(role.updatedAt) }),
      ...(role.createdBy === undefined ? {} : { createdBy: role.createdBy }),
      ...(role.updatedBy === undefined ? {} : { updatedBy: role.updatedBy }),
    },
    id: roleDefinitionId(scope, role.name),
    type: 'Microsoft.Authorization/roleDefinitions',
    name: role.name,
  };
}
