import type { LiveOptions } from '#lib/azure/live-options.ts';
import type { PlacesPort } from '#lib/azure/ports.ts';
import { armCalls } from './calls.ts';
import { plainScope, scopeKindOf } from './scope.ts';

/** What lies on the next level; of a resource group whatever it holds, of any type. */
const levels: Partial<Record<ReturnType<typeof scopeKindOf>, string>> = {
  management_group: `resourceType eq 'managementgroup' or resourceType eq 'subscription'`,
  subscription: `resourceType eq 'resourcegroup'`,
};

/** ARM's eligibleChildResources, a level at a time: what would bring all levels at once is not documented. */
export function placesPort(options: LiveOptions): PlacesPort {
  return {
    async below(token, scopeId) {
      const filter = levels[scopeKindOf(scopeId)];
      const rows = await armCalls(options, token).all((client) =>
        client.eligibleChildResources.list(scopeId, filter ? { filter } : {}),
      );
      return rows.flatMap(({ id, name }) => {
        if (!id) return [];
        const scope = plainScope(id);
        return [{ id: scope, name: name ?? scope, kind: scopeKindOf(scope) }];
      });
    },
  };
}
