import type { Answer, World } from '#lib/emulator/wire.ts';

/** GET /tenants: the one the token is for. */
export function listTenants({ state }: World): Answer {
  const { tenantId, displayName, domain } = state;
  const row = {
    id: `/tenants/${tenantId}`,
    tenantId,
    countryCode: 'SE',
    displayName,
    domains: [domain],
    tenantCategory: 'Home',
    defaultDomain: domain,
    tenantType: 'AAD',
  };
  return { status: 200, body: { value: [row] } };
}
