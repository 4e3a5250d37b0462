import { at, type Exchange, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import type { EntitySet } from '#lib/emulator/graph/odata/print.ts';
import { requirePermission } from '#lib/emulator/graph/permissions.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import { roleDefinitionRow } from './role-definition-row.ts';
import { changeRole, deleteRole, makeRole } from './role-definition-writes.ts';

const path = '/roleManagement/directory/roleDefinitions';
const readers = [
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagement.ReadWrite.Directory',
  'Directory.Read.All',
  'Directory.ReadWrite.All',
];

/** Entra role definitions; the custom ones can be made, changed and deleted. */
export const roleDefinitionRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) => {
      requirePermission(exchange, readers);
      const { world, version } = exchange;
      const rows = world.state.entraRoles.map((role) => roleDefinitionRow(role, version));
      return collection(exchange, rows, setOf(exchange));
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      requirePermission(exchange, readers);
      const wanted = at(exchange, 'id').toLowerCase();
      const role = exchange.world.state.entraRoles.find(({ id }) => id === wanted);
      if (!role) throw resourceMissing(wanted);
      return entity(exchange, roleDefinitionRow(role, exchange.version), setOf(exchange));
    },
  },
  {
    method: 'POST',
    path,
    answer: (exchange) =>
      entity(exchange, roleDefinitionRow(makeRole(exchange), exchange.version), setOf(exchange), 201),
  },
  {
    method: 'PATCH',
    path: `${path}/{id}`,
    answer: (exchange) => {
      changeRole(exchange);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: `${path}/{id}`,
    answer: (exchange) => {
      deleteRole(exchange);
      return { status: 204 };
    },
  },
];

function setOf({ world, version }: Exchange): EntitySet {
  const read = (row: Row): Row[] => {
    const above = Array.isArray(row.inheritsPermissionsFrom) ? row.inheritsPermissionsFrom : [];
    return world.state.entraRoles
      .filter((role) => above.some(({ id }) => id === role.id))
      .map((role) => roleDefinitionRow(role, version));
  };
  return { context: path.slice(1), expand: { inheritsPermissionsFrom: { read } } };
}
