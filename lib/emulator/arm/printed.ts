import { findById } from '#lib/emulator/by-id.ts';
import type { State } from '#lib/emulator/state.ts';
import { scopeFacts } from './scopes.ts';

/** A moment in milliseconds as ARM prints it. */
export function printedTime(ms: number): string {
  return new Date(ms).toISOString();
}

/** The scope part of a PIM object's id: subscriptions by their provider alias, as the live service writes them. */
export function pimScope(scope: string): string {
  if (scope === '/') return '';
  return scope.startsWith('/subscriptions/') ? `/providers/Microsoft.Subscription${scope}` : scope;
}

/** The full id of a role definition as seen from a scope: named by subscription, or for the whole tenant. */
export function roleDefinitionId(scope: string, role: string): string {
  const subscription = scope.startsWith('/subscriptions/') ? scope.split('/').slice(0, 3).join('/') : '';
  return `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}

/** A principal as PIM prints it. */
export function printedPrincipal(state: State, id: string) {
  const user = findById(state.users, id);
  if (user) {
    const email = user.mail === null ? {} : { email: user.mail };
    return { id, displayName: user.displayName, ...email, type: 'User' };
  }
  const group = findById(state.groups, id);
  if (group) return { id, displayName: group.displayName, type: 'Group' };
  const displayName = findById(state.servicePrincipals, id)?.displayName;
  return { id, displayName: displayName ?? '', type: 'ServicePrincipal' };
}

/** Names for the ids of an assignment: the caller usually may not read scope or role before activation. */
export function expandedProperties(state: State, principalId: string, role: string, scope: string) {
  return {
    principal: printedPrincipal(state, principalId),
    roleDefinition: printedRole(state, role, scope),
    scope: { id: scope, ...scopeFacts(state, scope) },
  };
}

/** A role definition as PIM prints it beside an assignment. */
export function printedRole(state: State, role: string, scope: string) {
  const definition = state.azureRoles.find((one) => one.name === role);
  return {
    id: roleDefinitionId(scope, role),
    displayName: definition?.roleName ?? '',
    type: definition?.type ?? 'BuiltInRole',
  };
}
