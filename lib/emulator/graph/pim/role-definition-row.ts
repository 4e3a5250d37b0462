import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { EntraRole } from '#lib/emulator/state.ts';

/** An Entra role definition; only beta tells whether it is privileged. */
export function roleDefinitionRow(role: EntraRole, version: Exchange['version']): Row {
  return {
    id: role.id,
    description: role.description,
    displayName: role.displayName,
    isBuiltIn: role.isBuiltIn,
    isEnabled: role.isEnabled,
    ...(version === 'beta' && { isPrivileged: role.isPrivileged }),
    resourceScopes: ['/'],
    templateId: role.id,
    version: '1',
    rolePermissions: role.rolePermissions,
    inheritsPermissionsFrom: inherited(role),
  };
}

/** Roles that Entra ships may do what a Directory Reader may. */
function inherited({ id, isBuiltIn }: EntraRole): Row[] {
  return isBuiltIn && id !== knownRoles.directoryReaders ? [{ id: knownRoles.directoryReaders }] : [];
}
