import { findById } from '#lib/emulator/by-id.ts';
import type { State } from '#lib/emulator/state.ts';
import { scopeIndex } from './scope-index.ts';

type Scopes = Pick<State, 'managementGroups' | 'subscriptions' | 'resourceGroups' | 'resources'>;

const MANAGEMENT_GROUPS = '/providers/Microsoft.Management/managementGroups/';

/** The canonical id of a management group. */
export function managementGroupScope(name: string): string {
  return `${MANAGEMENT_GROUPS}${name}`;
}

/** Every scope of the tenant in canonical casing, '/' first. */
export function everyScope(state: Scopes): string[] {
  return [
    '/',
    ...state.managementGroups.map((group) => managementGroupScope(group.name)),
    ...state.subscriptions.map((subscription) => `/subscriptions/${subscription.subscriptionId}`),
    ...state.resourceGroups.map(
      (group) => `/subscriptions/${group.subscriptionId}/resourceGroups/${group.name}`,
    ),
    ...state.resources.map((resource) => resource.id),
  ];
}

/**
 * The scope as the tenant writes it, from any casing, doubled or trailing slashes, and the
 * `/providers/Microsoft.Subscription/subscriptions/…` alias (contract 5.0). '' and '/' are the tenant level.
 * null when there is no such scope.
 */
export function canonicalScope(state: State, scope: string): string | null {
  const wanted = `/${scope.split('/').filter(Boolean).join('/')}`
    .toLowerCase()
    .replace(/^\/providers\/microsoft\.subscription(?=\/subscriptions\/)/, '');
  return scopeIndex(state, everyScope).canonical.get(wanted) ?? null;
}

/** The scopes above a canonical scope, nearest first: resource group, subscription, management groups, then '/'. */
export function ancestorsOf(state: Scopes, scope: string): string[] {
  const known = scopeIndex(state, everyScope).above;
  const before = known.get(scope);
  if (before !== undefined) return before;
  const above: string[] = [];
  for (let next = parentOf(state, scope); next !== null; next = parentOf(state, next)) above.push(next);
  known.set(scope, above);
  return above;
}

/** Whether rights held at the upper scope reach the lower one; both canonical. */
export function covers(state: Scopes, upper: string, lower: string): boolean {
  return upper === lower || ancestorsOf(state, lower).includes(upper);
}

/** Name and type as PIM prints them in expandedProperties. */
export function scopeFacts(state: State, scope: string): { displayName: string; type: string } {
  if (scope === '/') return { displayName: '/', type: 'tenant' };
  if (scope.startsWith(MANAGEMENT_GROUPS)) {
    const name = scope.slice(MANAGEMENT_GROUPS.length);
    const group = state.managementGroups.find((one) => one.name === name);
    return { displayName: group?.displayName ?? name, type: 'managementgroup' };
  }
  const [, , subscriptionId, , resourceGroup, provider] = scope.split('/');
  if (provider !== undefined) {
    const resource = findById(state.resources, scope);
    return { displayName: resource?.name ?? scope, type: resource?.type ?? 'resource' };
  }
  if (resourceGroup !== undefined) return { displayName: resourceGroup, type: 'resourcegroup' };
  const subscription = state.subscriptions.find((one) => one.subscriptionId === subscriptionId);
  return { displayName: subscription?.displayName ?? scope, type: 'subscription' };
}

function parentOf(state: Scopes, scope: string): string | null {
  if (scope === '/') return null;
  if (scope.startsWith(MANAGEMENT_GROUPS)) {
    const name = scope.slice(MANAGEMENT_GROUPS.length);
    const parent = state.managementGroups.find((group) => group.name === name)?.parent ?? null;
    return parent === null ? '/' : managementGroupScope(parent);
  }
  const parts = scope.split('/');
  if (parts.length > 5) return parts.slice(0, 5).join('/');
  if (parts.length > 3) return parts.slice(0, 3).join('/');
  const home = state.subscriptions.find((one) => one.subscriptionId === parts[2])?.managementGroup;
  return home === undefined ? '/' : managementGroupScope(home);
}
