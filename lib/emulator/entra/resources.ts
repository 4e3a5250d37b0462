import type { Registration } from '#lib/emulator/state.ts';

/** Graph, ARM, or the client id of a registration that offers scopes of its own. */
export type ResourceName = string;

/** The `aud` of access tokens for Microsoft's own two. */
export const audiences = {
  graph: 'https://graph.microsoft.com',
  arm: 'https://management.azure.com',
} as const;

const names: Record<string, ResourceName> = {
  'https://graph.microsoft.com': 'graph',
  '00000003-0000-0000-c000-000000000000': 'graph',
  'https://management.azure.com': 'arm',
  'https://management.core.windows.net': 'arm',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013': 'arm',
};

/** The resource a scope's first part names; null when the tenant has no such resource. */
export function resourceNamed(identifier: string, registrations: Registration[]): ResourceName | null {
  const plain = identifier.replace(/\/+$/, '').toLowerCase();
  const api = registrations.find(
    ({ appId, api }) => api !== undefined && [appId, api.identifierUri.toLowerCase()].includes(plain),
  );
  return names[plain] ?? api?.appId ?? null;
}

/** The `aud` of access tokens for a resource: an application of ours is named by its client id, as v2.0 tokens do. */
export function audienceOf(resource: ResourceName): string {
  return resource === 'graph' || resource === 'arm' ? audiences[resource] : resource;
}
