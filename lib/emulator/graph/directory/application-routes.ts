import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { invalidId, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { Application } from '#lib/emulator/graph-state.ts';
import { applicationRow, federatedRow } from './application-row.ts';
import { permissionGrantRow, permissionGrants } from './consents.ts';
import { readers, requireDirectoryReader } from './directory-permissions.ts';
import { isGuid } from './is-guid.ts';
import { listObjects } from './list-objects.ts';
import { directoryObject } from './objects.ts';

const one = ['/applications/{id}', "/applications(appId='{appId}')"];
const grants = '/oauth2PermissionGrants';
const grantReaders = ['DelegatedPermissionGrant.Read.All', 'DelegatedPermissionGrant.ReadWrite.All'];

/** Application objects with owners and credentials, and the tenant's delegated consents. */
export const applicationRoutes: Route[] = [
  {
    method: 'GET',
    path: '/applications',
    answer: (exchange) => {
      gate(exchange);
      const { state } = exchange.world;
      const rows = state.graph.applications.map((application) => applicationRow(application, state));
      return collection(exchange, rows, setOf(exchange));
    },
  },
  ...one.flatMap((path): Route[] => [
    {
      method: 'GET',
      path,
      answer: (exchange) =>
        entity(exchange, applicationRow(wanted(exchange), exchange.world.state), setOf(exchange)),
    },
    {
      method: 'GET',
      path: `${path}/owners`,
      answer: (exchange) => listObjects(exchange, wanted(exchange).ownerIds),
    },
    {
      method: 'GET',
      path: `${path}/federatedIdentityCredentials`,
      answer: (exchange) => {
        const { id, federatedCredentials } = wanted(exchange);
        const context = `applications('${id}')/federatedIdentityCredentials`;
        return collection(exchange, federatedCredentials.map(federatedRow), { context });
      },
    },
    {
      method: 'GET',
      path: `${path}/federatedIdentityCredentials/{credential}`,
      answer: (exchange) => {
        const { id, federatedCredentials } = wanted(exchange);
        const named = at(exchange, 'credential');
        const found = federatedCredentials.find((one) => one.id === named || one.name === named);
        if (!found) throw resourceMissing(named);
        const context = `applications('${id}')/federatedIdentityCredentials`;
        return entity(exchange, federatedRow(found), { context });
      },
    },
  ]),
  {
    method: 'GET',
    path: grants,
    answer: (exchange) => {
      gateGrants(exchange);
      const rows = permissionGrants(exchange.world.state).map(permissionGrantRow);
      return collection(exchange, rows, { context: grants.slice(1) });
    },
  },
  {
    method: 'GET',
    path: `${grants}/{id}`,
    answer: (exchange) => {
      gateGrants(exchange);
      const found = permissionGrants(exchange.world.state).find(({ id }) => id === at(exchange, 'id'));
      if (!found) throw resourceMissing(at(exchange, 'id'));
      return entity(exchange, permissionGrantRow(found), { context: grants.slice(1) });
    },
  },
];

function gate(exchange: Exchange): void {
  requirePermission(exchange, readers.servicePrincipals);
  requireDirectoryReader(exchange);
}

function gateGrants(exchange: Exchange): void {
  requirePermission(exchange, [...grantReaders, ...readers.servicePrincipals]);
  requireDirectoryReader(exchange);
}

function wanted(exchange: Exchange): Application {
  gate(exchange);
  const [id, appId] = [at(exchange, 'id').toLowerCase(), at(exchange, 'appId').toLowerCase()];
  const found = exchange.world.state.graph.applications.find(
    (each) => each.id === id || each.appId === appId,
  );
  if (!found) throw isGuid(id || appId) ? resourceMissing(id || appId) : invalidId(id || appId);
  return found;
}

function setOf({ world: { state } }: Exchange): EntitySet {
  const application = ({ id }: Row) => state.graph.applications.find((each) => each.id === id);
  const owners = (row: Row): Row[] =>
    (application(row)?.ownerIds ?? [])
      .map((owner) => directoryObject(state, owner))
      .filter((found): found is Row => found !== null);
  const federated = (row: Row): Row[] => (application(row)?.federatedCredentials ?? []).map(federatedRow);
  return {
    context: 'applications',
    isDirectory: true,
    expand: { owners: { read: owners }, federatedIdentityCredentials: { read: federated } },
  };
}
