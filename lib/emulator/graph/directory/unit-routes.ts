import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { AdministrativeUnit } from '#lib/emulator/graph-state.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import { refuseGuests } from './directory-permissions.ts';
import { listObjects } from './list-objects.ts';
import { directoryObject, directoryObjects } from './objects.ts';
import { listReferences } from './references.ts';

const readers = [
  'AdministrativeUnit.Read.All',
  'AdministrativeUnit.ReadWrite.All',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];
const scoped = { context: 'scopedRoleMemberships' };
const setOf = ({ world: { state } }: Exchange): EntitySet => ({
  context: 'directory/administrativeUnits',
  isDirectory: true,
  expand: {
    members: {
      read: ({ id }) =>
        (state.graph.administrativeUnits.find((unit) => unit.id === id)?.memberIds ?? [])
          .map((one) => directoryObject(state, one))
          .filter((row): row is Row => row !== null),
    },
  },
});

/** Administrative units: beta also knows them at the root. */
export const unitRoutes: Route[] = [
  ...routesAt('/directory/administrativeUnits'),
  ...routesAt('/administrativeUnits').map((route): Route => ({ ...route, version: 'beta' })),
];

function routesAt(path: string): Route[] {
  return [
    {
      method: 'GET',
      path,
      answer: (exchange) => {
        gate(exchange);
        return collection(
          exchange,
          exchange.world.state.graph.administrativeUnits.map(unitRow),
          setOf(exchange),
        );
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      answer: (exchange) => entity(exchange, unitRow(unitOf(exchange)), setOf(exchange)),
    },
    {
      method: 'GET',
      path: `${path}/{id}/members`,
      answer: (exchange) => listObjects(exchange, unitOf(exchange).memberIds),
    },
    {
      method: 'GET',
      path: `${path}/{id}/members/$ref`,
      answer: (exchange) => listReferences(exchange, unitOf(exchange).memberIds),
    },
    {
      method: 'GET',
      path: `${path}/{id}/members/microsoft.graph.{kind}`,
      answer: (exchange) => listObjects(exchange, unitOf(exchange).memberIds),
    },
    {
      method: 'GET',
      path: `${path}/{id}/members/{member}`,
      answer: (exchange) => {
        const id = at(exchange, 'member').toLowerCase();
        const isMember = unitOf(exchange).memberIds.includes(id);
        const row = isMember ? directoryObject(exchange.world.state, id) : null;
        if (!row) throw resourceMissing(id);
        return entity(exchange, row, directoryObjects);
      },
    },
    {
      method: 'GET',
      path: `${path}/{id}/scopedRoleMembers`,
      answer: (exchange) => collection(exchange, scopedRoleMembers(exchange), scoped),
    },
    {
      method: 'GET',
      path: `${path}/{id}/scopedRoleMembers/{membership}`,
      answer: (exchange) => {
        const id = at(exchange, 'membership');
        const row = scopedRoleMembers(exchange).find((one) => one.id === id);
        if (!row) throw resourceMissing(id);
        return entity(exchange, row, scoped);
      },
    },
  ];
}

function gate(exchange: Exchange): void {
  requirePermission(exchange, readers);
  refuseGuests(exchange);
}

function unitOf(exchange: Exchange): AdministrativeUnit {
  gate(exchange);
  const wanted = at(exchange, 'id').toLowerCase();
  const unit = exchange.world.state.graph.administrativeUnits.find(({ id }) => id === wanted);
  if (!unit) throw resourceMissing(wanted);
  return unit;
}

function unitRow({ id, displayName, description, isMemberManagementRestricted }: AdministrativeUnit): Row {
  return {
    id,
    deletedDateTime: null,
    displayName,
    description,
    isMemberManagementRestricted,
    membershipRule: null,
    membershipRuleProcessingState: null,
    membershipType: null,
    visibility: null,
  };
}

/** Who holds a role for this unit alone, now. */
function scopedRoleMembers(exchange: Exchange): Row[] {
  const { world } = exchange;
  const unit = unitOf(exchange);
  const now = world.now();
  return world.state.schedules
    .filter(
      ({ plane, kind, scope }) =>
        plane === 'entra' && kind === 'active' && scope === `/administrativeUnits/${unit.id}`,
    )
    .filter((schedule) => isRunning(schedule, now))
    .map(({ id, role, principalId }) => ({
      id,
      administrativeUnitId: unit.id,
      roleId: role,
      roleMemberInfo: {
        id: principalId,
        displayName: directoryObject(world.state, principalId)?.displayName ?? null,
      },
    }));
}
