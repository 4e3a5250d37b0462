import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { requirePimPermission } from '#lib/emulator/graph/permissions.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { groupsWithSchedules } from '#lib/emulator/pim/schedule-index.ts';

const path = '/identityGovernance/privilegedAccess/group/resources';
const set = { context: path.slice(1) };
const readers = ['PrivilegedAccess.Read.AzureADGroup', 'PrivilegedAccess.ReadWrite.AzureADGroup'];

/** Groups that PIM manages: those it was ever used for. Beta only; an id and nothing more. */
export const groupDiscoveryRoutes: Route[] = [
  {
    method: 'GET',
    path,
    version: 'beta',
    answer: (exchange) => {
      requirePimPermission(exchange, readers);
      return collection(exchange, onboarded(exchange), set);
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    version: 'beta',
    answer: (exchange) => {
      requirePimPermission(exchange, readers);
      const wanted = at(exchange, 'id').toLowerCase();
      const row = onboarded(exchange).find(({ id }) => id === wanted);
      if (!row) throw resourceMissing(wanted);
      return entity(exchange, row, set);
    },
  },
];

function onboarded({ world: { state } }: Exchange): Row[] {
  const ids = new Set(groupsWithSchedules(state));
  for (const used of [state.requests, state.policies, state.graph.ended])
    for (const { plane, scope } of used) if (plane === 'group') ids.add(scope);
  return state.groups.filter(({ id }) => ids.has(id)).map(({ id }) => ({ id, deletedDateTime: null }));
}
