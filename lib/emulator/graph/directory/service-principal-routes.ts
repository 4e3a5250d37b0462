import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { ServicePrincipal } from '#lib/emulator/state.ts';
import { readers, requireDirectoryReader } from './directory-permissions.ts';
import { listObjects } from './list-objects.ts';
import { directoryObject } from './objects.ts';
import { servicePrincipalRow } from './rows.ts';

/** Service principals by object id or by `(appId='…')`, and their owners. */
export const servicePrincipalRoutes: Route[] = [
  {
    method: 'GET',
    path: '/servicePrincipals',
    answer: (exchange) => {
      gate(exchange);
      const { state } = exchange.world;
      const rows = state.servicePrincipals.map((one) => servicePrincipalRow(one, state));
      return collection(exchange, rows, setOf(exchange));
    },
  },
  ...['/servicePrincipals/{id}', "/servicePrincipals(appId='{appId}')"].map(
    (path): Route => ({
      method: 'GET',
      path,
      answer: (exchange) => {
        const row = servicePrincipalRow(wanted(exchange), exchange.world.state);
        return entity(exchange, row, setOf(exchange));
      },
    }),
  ),
  {
    method: 'GET',
    path: '/servicePrincipals/{id}/owners',
    answer: (exchange) => listObjects(exchange, wanted(exchange).ownerIds),
  },
];

function gate(exchange: Exchange): void {
  requirePermission(exchange, readers.servicePrincipals);
  requireDirectoryReader(exchange);
}

function wanted(exchange: Exchange): ServicePrincipal {
  gate(exchange);
  const [id, appId] = [at(exchange, 'id').toLowerCase(), at(exchange, 'appId').toLowerCase()];
  const found = exchange.world.state.servicePrincipals.find((one) => one.id === id || one.appId === appId);
  if (!found) throw resourceMissing(id || appId);
  return found;
}

function setOf({ world: { state } }: Exchange): EntitySet {
  const owners = ({ id }: Row): Row[] =>
    (state.servicePrincipals.find((one) => one.id === id)?.ownerIds ?? [])
      .map((owner) => directoryObject(state, owner))
      .filter((row): row is Row => row !== null);
  return { context: 'servicePrincipals', isDirectory: true, expand: { owners: { read: owners } } };
}
