import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import { requireDirectoryReader } from './directory-permissions.ts';
import { directoryObject } from './objects.ts';

const path = '/servicePrincipals/microsoft.graph.agentIdentity';
const readers = [
  'AgentIdentity.Read.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];

/** Agents' identities: beta only, a hundred a page. */
export const agentRoutes: Route[] = [
  {
    method: 'GET',
    path,
    version: 'beta',
    answer: (exchange) => collection(exchange, agents(exchange), setOf(exchange)),
  },
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/microsoft.graph.agentIdentity',
    version: 'beta',
    answer: (exchange) => {
      const wanted = at(exchange, 'id').toLowerCase();
      const row = agents(exchange).find(({ id }) => id === wanted);
      if (!row) throw resourceMissing(wanted);
      return entity(exchange, row, setOf(exchange));
    },
  },
];

function agents(exchange: Exchange): Row[] {
  requirePermission(exchange, readers);
  requireDirectoryReader(exchange);
  const { servicePrincipals, graph } = exchange.world.state;
  return graph.agentIdentities.flatMap(({ servicePrincipalId, blueprintAppId, expiresAt }) =>
    servicePrincipals
      .filter(({ id }) => id === servicePrincipalId)
      .map((one) => ({
        id: one.id,
        displayName: one.displayName,
        createdDateTime: moment(one.createdAt),
        createdByAppId: blueprintAppId,
        agentIdentityBlueprintId: blueprintAppId,
        accountEnabled: one.accountEnabled,
        disabledByMicrosoftStatus: null,
        servicePrincipalType: one.servicePrincipalType,
        tags: one.tags,
        lifecycle: expiresAt === null ? null : { expirationDateTime: moment(expiresAt) },
      })),
  );
}

function setOf({ world: { state } }: Exchange): EntitySet {
  const objects = (ids: string[]) =>
    ids.map((id) => directoryObject(state, id)).filter((row): row is Row => row !== null);
  const sponsorsOf = (row: Row) =>
    state.graph.agentIdentities.find((one) => one.servicePrincipalId === row.id)?.sponsorIds ?? [];
  const ownersOf = (row: Row) => state.servicePrincipals.find(({ id }) => id === row.id)?.ownerIds ?? [];
  return {
    context: 'servicePrincipals/microsoft.graph.agentIdentity',
    isDirectory: true,
    pages: { usual: 100, largest: 100 },
    expand: {
      sponsors: { read: (row) => objects(sponsorsOf(row)) },
      owners: { read: (row) => objects(ownersOf(row)) },
    },
  };
}
