import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { applicationRow, federatedRow } from './application-row.ts';
import { requireDirectoryReader } from './directory-permissions.ts';
import { listObjects } from './list-objects.ts';
import { servicePrincipalRow } from './rows.ts';

const readers = [
  'AgentIdentityBlueprint.Read.All',
  'AgentIdentityBlueprint.ReadWrite.All',
  'Application.Read.All',
  'Application.ReadWrite.All',
  'Directory.Read.All',
];
const blueprints = '/applications/microsoft.graph.agentIdentityBlueprint';
const principals = '/servicePrincipals/microsoft.graph.agentIdentityBlueprintPrincipal';
const paged = { isDirectory: true, pages: { usual: 100, largest: 100 } };

/** What agents are made from: blueprints, their principals and their sponsors. Beta only. */
export const blueprintRoutes: Route[] = [
  list(blueprints, { context: blueprints.slice(1), ...paged }, blueprintRows),
  list(principals, { context: principals.slice(1), ...paged }, principalRows),
  ...['/applications/{id}/microsoft.graph.agentIdentityBlueprint', `${blueprints}/{id}`].flatMap((path) => [
    one(path, { context: blueprints.slice(1) }, blueprintRows),
    related(`${path}/owners`, ({ ownerIds }) => ownerIds),
    related(`${path}/sponsors`, ({ appId }, { world }) => world.state.graph.blueprintSponsors?.[appId] ?? []),
    {
      ...one(path, { context: blueprints.slice(1) }, blueprintRows),
      path: `${path}/federatedIdentityCredentials`,
      answer: (exchange: Exchange) => {
        const { id, federatedCredentials } = applicationOf(exchange);
        const context = `applications('${id}')/federatedIdentityCredentials`;
        return collection(exchange, federatedCredentials.map(federatedRow), { context });
      },
    },
  ]),
  one(
    '/servicePrincipals/{id}/microsoft.graph.agentIdentityBlueprintPrincipal',
    { context: principals.slice(1) },
    principalRows,
  ),
];

type Application = ReturnType<typeof applicationOf>;

function list(path: string, set: EntitySet, rows: (exchange: Exchange) => Row[]): Route {
  return {
    method: 'GET',
    version: 'beta',
    path,
    answer: (exchange) => collection(exchange, rows(exchange), set),
  };
}

function one(path: string, set: EntitySet, rows: (exchange: Exchange) => Row[]): Route {
  return {
    method: 'GET',
    version: 'beta',
    path,
    answer: (exchange) => {
      const wanted = at(exchange, 'id').toLowerCase();
      const row = rows(exchange).find(({ id }) => id === wanted);
      if (!row) throw resourceMissing(wanted);
      return entity(exchange, row, set);
    },
  };
}

function related(path: string, ids: (one: Application, exchange: Exchange) => string[]): Route {
  return {
    method: 'GET',
    version: 'beta',
    path,
    answer: (exchange) => listObjects(exchange, ids(applicationOf(exchange), exchange)),
  };
}

function applicationsOf(exchange: Exchange) {
  requirePermission(exchange, readers);
  requireDirectoryReader(exchange);
  const { graph } = exchange.world.state;
  const made = new Set(graph.agentIdentities.map(({ blueprintAppId }) => blueprintAppId));
  return graph.applications.filter(({ appId }) => made.has(appId));
}

function applicationOf(exchange: Exchange) {
  const wanted = at(exchange, 'id').toLowerCase();
  const found = applicationsOf(exchange).find(({ id }) => id === wanted);
  if (!found) throw resourceMissing(wanted);
  return found;
}

function blueprintRows(exchange: Exchange): Row[] {
  return applicationsOf(exchange).map((each) => ({
    '@odata.type': '#microsoft.graph.agentIdentityBlueprint',
    ...applicationRow(each, exchange.world.state),
  }));
}

function principalRows(exchange: Exchange): Row[] {
  const made = new Set(applicationsOf(exchange).map(({ appId }) => appId));
  const { state } = exchange.world;
  return state.servicePrincipals
    .filter(({ appId, servicePrincipalType }) => made.has(appId) && servicePrincipalType === 'Application')
    .map((each) => ({
      '@odata.type': '#microsoft.graph.agentIdentityBlueprintPrincipal',
      ...servicePrincipalRow(each, state),
    }));
}
