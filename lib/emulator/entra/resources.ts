export type ResourceName = 'graph' | 'arm';

/** The `aud` of access tokens. */
export const audiences: Record<ResourceName, string> = {
  graph: 'https://graph.microsoft.com',
  arm: 'https://management.azure.com',
};

const names: Record<string, ResourceName> = {
  'https://graph.microsoft.com': 'graph',
  '00000003-0000-0000-c000-000000000000': 'graph',
  'https://management.azure.com': 'arm',
  'https://management.core.windows.net': 'arm',
  '797f4846-ba00-4fd7-ba43-dac1f8f63013': 'arm',
};

/** The resource a scope's first part names; null when the tenant has no such resource. */
export function resourceNamed(identifier: string): ResourceName | null {
  return names[identifier.replace(/\/+$/, '').toLowerCase()] ?? null;
}
