import { findById } from '#lib/emulator/by-id.ts';
import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { drawn } from '#lib/emulator/graph/odata/drawn.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { invalidId, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { ServicePrincipal } from '#lib/emulator/state.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { federatedRow } from './application-row.ts';
import { appRoleGrantRow, appRoleGrants, permissionGrantRow, permissionGrants } from './consents.ts';
import { readers, requireDirectoryReader } from './directory-permissions.ts';
import { isGuid } from './is-guid.ts';
import { grantsWhere, grantWhere } from './list-grants.ts';
import { listObjects } from './list-objects.ts';
import { directGroupsOf } from './members.ts';
import { directoryObject } from './objects.ts';
import { ownedBy } from './owned-by.ts';
import { servicePrincipalRow } from './rows.ts';

type Related = (exchange: Exchange, one: ServicePrincipal) => Answer;

/** What hangs on a service principal: who owns it, what it may do and to whom it gives roles. */
const related: Record<string, Related> = {
  owners: (exchange, { ownerIds }) => listObjects(exchange, ownerIds),
  ownedObjects: (exchange, { id }) => listObjects(exchange, ownedBy(exchange.world.state, id)),
  memberOf: (exchange, { id }) => listObjects(exchange, directGroupsOf(exchange.world, id)),
  transitiveMemberOf: (exchange, { id }) => listObjects(exchange, groupsOf(exchange.world, id)),
  sponsors: (exchange, { id }) => {
    const agent = exchange.world.state.graph.agentIdentities.find((one) => one.servicePrincipalId === id);
    return listObjects(exchange, agent?.sponsorIds ?? []);
  },
  appRoleAssignments: (exchange, { id }) => grantsWhere(exchange, 'servicePrincipals', id),
  appRoleAssignedTo: (exchange, { id }) => grantsWhere(exchange, 'servicePrincipals', id, 'resourceId'),
  oauth2PermissionGrants: (exchange, { id }) => consentsOf(exchange, id),
  // What an agent has from the blueprint it was made from, beside its own.
  inheritedAppRoleAssignments: (exchange, one) =>
    grantsWhere(exchange, 'servicePrincipals', blueprintOf(exchange, one)),
  inheritedOauth2PermissionGrants: (exchange, one) => consentsOf(exchange, blueprintOf(exchange, one)),
  federatedIdentityCredentials: (exchange, { id }) => {
    const facts = exchange.world.state.graph.workloads.find((one) => one.servicePrincipalId === id);
    const context = `servicePrincipals('${id}')/federatedIdentityCredentials`;
    return collection(exchange, (facts?.federatedCredentials ?? []).map(federatedRow), { context });
  },
};

const one = ['/servicePrincipals/{id}', "/servicePrincipals(appId='{appId}')"];

/** Service principals by object id or by `(appId='…')`, with what hangs on them. */
export const servicePrincipalRoutes: Route[] = [
  {
    method: 'GET',
    path: '/servicePrincipals',
    answer: (exchange) => {
      gate(exchange);
      const { state } = exchange.world;
      const rows = drawn(state.servicePrincipals, (principal) => servicePrincipalRow(principal, state));
      return collection(exchange, rows, setOf(exchange));
    },
  },
  ...one.map(
    (path): Route => ({
      method: 'GET',
      path,
      answer: (exchange) => {
        const row = servicePrincipalRow(wanted(exchange), exchange.world.state);
        return entity(exchange, row, setOf(exchange));
      },
    }),
  ),
  ...one.flatMap((path): Route[] => [
    {
      method: 'GET',
      path: `${path}/appRoleAssignments/{grant}`,
      answer: (exchange) => grantWhere(exchange, 'servicePrincipals', wanted(exchange).id),
    },
    {
      method: 'GET',
      path: `${path}/appRoleAssignedTo/{grant}`,
      answer: (exchange) => grantWhere(exchange, 'servicePrincipals', wanted(exchange).id, 'resourceId'),
    },
  ]),
  ...one.flatMap((path) =>
    Object.entries(related).flatMap(([name, answer]) =>
      ['', '/microsoft.graph.agentIdentity'].map(
        (cast): Route => ({
          method: 'GET',
          path: `${path}${cast}/${name}`,
          answer: (exchange) => answer(exchange, wanted(exchange)),
        }),
      ),
    ),
  ),
];

function consentsOf(exchange: Exchange, id: string): Answer {
  const rows = permissionGrants(exchange.world.state).filter(({ clientId }) => clientId === id);
  return collection(exchange, rows.map(permissionGrantRow), { context: 'oauth2PermissionGrants' });
}

function blueprintOf({ world: { state } }: Exchange, { id }: ServicePrincipal): string {
  const agent = state.graph.agentIdentities.find(({ servicePrincipalId }) => servicePrincipalId === id);
  return state.servicePrincipals.find(({ appId }) => appId === agent?.blueprintAppId)?.id ?? '';
}

function gate(exchange: Exchange): void {
  requirePermission(exchange, readers.servicePrincipals);
  requireDirectoryReader(exchange);
}

function wanted(exchange: Exchange): ServicePrincipal {
  gate(exchange);
  const [id, appId] = [at(exchange, 'id').toLowerCase(), at(exchange, 'appId').toLowerCase()];
  const { servicePrincipals } = exchange.world.state;
  const found = findById(servicePrincipals, id) ?? servicePrincipals.find((each) => each.appId === appId);
  if (!found) throw isGuid(id || appId) ? resourceMissing(id || appId) : invalidId(id || appId);
  return found;
}

function setOf({ world: { state } }: Exchange): EntitySet {
  const owners = ({ id }: Row): Row[] =>
    (findById(state.servicePrincipals, String(id))?.ownerIds ?? [])
      .map((owner) => directoryObject(state, owner))
      .filter((row): row is Row => row !== null);
  const grants = (side: 'principalId' | 'resourceId') => ({
    read: ({ id }: Row) =>
      appRoleGrants(state)
        .filter((grant) => grant[side] === id)
        .map((grant) => appRoleGrantRow(state, grant)),
  });
  const federated = ({ id }: Row): Row[] =>
    (state.graph.workloads.find((each) => each.servicePrincipalId === id)?.federatedCredentials ?? []).map(
      federatedRow,
    );
  return {
    context: 'servicePrincipals',
    isDirectory: true,
    expand: {
      owners: { read: owners },
      appRoleAssignments: grants('principalId'),
      appRoleAssignedTo: grants('resourceId'),
      federatedIdentityCredentials: { read: federated },
      oauth2PermissionGrants: {
        read: ({ id }) =>
          permissionGrants(state)
            .filter(({ clientId }) => clientId === id)
            .map(permissionGrantRow),
      },
    },
  };
}
