import type { State } from '#lib/emulator/state.ts';
import { numberedId } from './numbered-id.ts';

const GROUPS_EACH = 10;

/** Adds subscriptions under a management group of their own, each with ten resource groups of one vault each. */
export function addScopes(state: State, count: number): void {
  const home = 'Scale';
  const root = state.managementGroups.find(({ parent }) => parent === null)?.name ?? null;
  state.managementGroups.push({ name: home, displayName: home, parent: root });
  for (let number = 0; number < count; number += 1) {
    const subscriptionId = numberedId('5ca1e055', number);
    state.subscriptions.push({ subscriptionId, displayName: `Scale ${number}`, managementGroup: home });
    for (let group = 0; group < GROUPS_EACH; group += 1) {
      const name = `rg-${group}`;
      const vault = `kv-${number}-${group}`;
      const type = 'Microsoft.KeyVault/vaults';
      const at = `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
      state.resourceGroups.push({ subscriptionId, name, location: 'westeurope' });
      state.resources.push({
        id: `${at}/providers/${type}/${vault}`,
        name: vault,
        type,
        location: 'westeurope',
      });
    }
  }
}
