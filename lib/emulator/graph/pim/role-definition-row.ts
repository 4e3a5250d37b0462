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
    templateId: role.templateId ?? role.id,
    version: role.isBuiltIn ? '1' : (role.version ?? null),
    rolePermissions: role.rolePermissions,
    inheritsPermissionsFrom: inherited(role),
  };
}

/** Roles that Entra ships may do what a Directory Reader may. */
function inherited({ id, isBuiltIn }: EntraRole): Row[] {
  return isBuiltIn && id !== knownRoles.directoryReaders ? [{ id: knownRoles.directoryReaders }] : [];
}

/** The same beside an assignment: what it inherits is not told there. */
export function heldRoleRow(role: EntraRole, version: Exchange['version']): Row {
  const { inheritsPermissionsFrom: _above, ...row } = roleDefinitionRow(role, version);
  return row;
}
