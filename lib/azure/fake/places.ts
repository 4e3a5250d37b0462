import { AzureFault } from '#lib/azure/faults.ts';
import type { PlacesPort } from '#lib/azure/ports.ts';
import type { Place } from '#lib/domain/narrower.ts';
import type { FakeState } from './state.ts';
import { readFakeToken } from './token.ts';

const staging = '/subscriptions/55555555-0001-4000-8000-000000000002';
const group = (name: string): Place => ({
  id: `${staging}/resourceGroups/${name}`,
  name,
  kind: 'resource_group',
});
const vault = `${staging}/resourceGroups/rg-payments/providers/Microsoft.KeyVault/vaults/kv-payments-stage`;

/** What lies below the fake's scopes, by the scope. */
const below: Record<string, Place[]> = {
  [staging]: [group('rg-payments'), group('rg-platform')],
  [group('rg-payments').id]: [{ id: vault, name: 'kv-payments-stage', kind: 'resource' }],
};

/** The levels of the fake's tenant, to whoever is eligible at or above them. */
export function fakePlaces(state: FakeState): PlacesPort {
  return {
    async below(token, scopeId) {
      const { principalId } = readFakeToken(token);
      const reaches = state.roles.some(
        (role) =>
          role.plane === 'azure' &&
          `${scopeId}/`.startsWith(`${role.scopeId}/`) &&
          role.eligible.some((line) => line.principalId === principalId),
      );
      if (!reaches)
        throw new AzureFault('not_allowed', { status: 403, code: 'AuthorizationFailed', message: '' });
      return below[scopeId] ?? [];
    },
  };
}

/** The place by its id, wherever it lies; null: there is none. */
export function fakePlace(scopeId: string): Place | null {
  return (
    Object.values(below)
      .flat()
      .find(({ id }) => id === scopeId) ?? null
  );
}
