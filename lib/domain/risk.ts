import type { ScopeKind } from './assignment.ts';
import type { Plane } from './plane.ts';
import type { RoleDefinition } from './role-definition.ts';

/** A dangerous thing a role allows, in words, with the action that shows it. */
export interface Danger {
  what: string;
  action: string;
}

const azureDangers: { what: string; needs: string; data?: boolean }[] = [
  { what: 'can assign roles', needs: 'Microsoft.Authorization/roleAssignments/write' },
  { what: 'can change policies of access', needs: 'Microsoft.Authorization/roleManagementPolicies/write' },
  { what: 'reads secrets', needs: 'Microsoft.KeyVault/vaults/secrets/getSecret/action', data: true },
  { what: 'uses keys', needs: 'Microsoft.KeyVault/vaults/keys/sign/action', data: true },
  {
    what: 'reads stored data',
    needs: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
    data: true,
  },
  {
    what: 'deletes stored data',
    needs: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete',
    data: true,
  },
  { what: 'reads storage keys', needs: 'Microsoft.Storage/storageAccounts/listKeys/action' },
  { what: 'runs commands on machines', needs: 'Microsoft.Compute/virtualMachines/runCommand/action' },
  {
    what: 'signs in to machines as administrator',
    needs: 'Microsoft.Compute/virtualMachines/loginAsAdmin/action',
    data: true,
  },
  {
    what: 'cluster administrator',
    needs: 'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
  },
  {
    what: 'reads cluster secrets',
    needs: 'Microsoft.ContainerService/managedClusters/secrets/read',
    data: true,
  },
  {
    what: 'changes cluster roles',
    needs: 'Microsoft.ContainerService/managedClusters/rbac.authorization.k8s.io/clusterroles/write',
    data: true,
  },
  {
    what: 'uses managed identities',
    needs: 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  },
  { what: 'opens networks', needs: 'Microsoft.Network/networkSecurityGroups/securityRules/write' },
];

const entraDangers: { what: string; needs: string }[] = [
  { what: 'can assign roles', needs: 'microsoft.directory/roleAssignments/allProperties/allTasks' },
  { what: 'resets passwords', needs: 'microsoft.directory/users/password/update' },
  { what: 'adds app credentials', needs: 'microsoft.directory/applications/credentials/update' },
  { what: 'adds app credentials', needs: 'microsoft.directory/servicePrincipals/credentials/update' },
  {
    what: 'grants consent',
    needs: 'microsoft.directory/servicePrincipals/managePermissionGrantsForAll.microsoft-company-admin',
  },
  { what: 'changes conditional access', needs: 'microsoft.directory/conditionalAccessPolicies/basic/update' },
  { what: 'signs people out', needs: 'microsoft.directory/users/invalidateAllRefreshTokens' },
];

/** Azure and Entra match actions without case; `*` stands for any run of characters. */
export function matches(pattern: string, action: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = action.toLowerCase();
  if (parts.length === 1) return parts[0] === text;
  const [head = '', ...rest] = parts;
  const tail = rest.pop() ?? '';
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}

/** Does the role allow this action? `not…` lists take away, as Azure RBAC does. */
export function allows(role: RoleDefinition, action: string, data = false): boolean {
  const [yes, no] = data ? [role.dataActions, role.notDataActions] : [role.actions, role.notActions];
  return yes.some((p) => matches(p, action)) && !no.some((p) => matches(p, action));
}

/** What of a role deserves a second look, each named once, the worst first. */
export function dangersOf(role: RoleDefinition): Danger[] {
  const known = role.plane === 'entra' ? entraDangers : azureDangers;
  const found = new Map<string, Danger>();
  for (const danger of known) {
    if (found.has(danger.what)) continue;
    if (allows(role, danger.needs, 'data' in danger && danger.data === true)) {
      found.set(danger.what, { what: danger.what, action: danger.needs });
    }
  }
  if (role.actions.includes('*')) return [{ what: 'everything here', action: '*' }, ...found.values()];
  return [...found.values()];
}

/** Privileged enough to mark red in a list: Microsoft's mark, or a danger at a wide scope. */
export function isCritical(
  role: RoleDefinition,
  scopeKind: ScopeKind,
  dangers: readonly Danger[] = dangersOf(role),
): boolean {
  if (role.isPrivileged) return true;
  const wide = scopeKind === 'management_group' || scopeKind === 'subscription';
  return dangers.some((d) => d.what === 'can assign roles') || (wide && dangers.length > 2);
}

/**
 * Whether a ticket and a fresh sign-in are asked for as for a critical role: also where what it gives is not known here,
 * of groups always and of a definition that was never read (null). Lists mark by `isCritical` only.
 */
export function countsAsCritical(
  plane: Plane,
  role: RoleDefinition | null,
  scopeKind: ScopeKind,
  dangers?: readonly Danger[],
): boolean {
  return plane === 'group' || role === null || isCritical(role, scopeKind, dangers);
}
