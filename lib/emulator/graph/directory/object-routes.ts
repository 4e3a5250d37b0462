import { at, type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, contextOf, entity } from '#lib/emulator/graph/odata/collection.ts';
import { isGranted, requirePermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, invalidId, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { readers, refuseGuests } from './directory-permissions.ts';
import { isGuid } from './is-guid.ts';
import { directoryObject, directoryObjects } from './objects.ts';

const readersOfType: Record<string, readonly string[]> = {
  '#microsoft.graph.user': readers.users,
  '#microsoft.graph.group': readers.groups,
  '#microsoft.graph.servicePrincipal': readers.servicePrincipals,
};
const MOST = 1000;

/** Objects by a list of ids, and the tenant itself. */
export const objectRoutes: Route[] = [
  { method: 'POST', path: '/directoryObjects/getByIds', answer: getByIds },
  {
    method: 'GET',
    path: '/directoryObjects/{id}',
    answer: (exchange) => {
      requirePermission(exchange, Object.values(readersOfType).flat());
      refuseGuests(exchange);
      const id = at(exchange, 'id').toLowerCase();
      const row = directoryObject(exchange.world.state, id);
      if (!row) throw isGuid(id) ? resourceMissing(id) : invalidId(id);
      return entity(exchange, readable(exchange, row), directoryObjects);
    },
  },
  {
    method: 'GET',
    path: '/organization',
    answer: (exchange) => collection(exchange, [organization(exchange)], { context: 'organization' }),
  },
  {
    method: 'GET',
    path: '/organization/{id}',
    answer: (exchange) => {
      const row = organization(exchange);
      if (row.id !== at(exchange, 'id').toLowerCase()) throw resourceMissing(at(exchange, 'id'));
      return entity(exchange, row, { context: 'organization' });
    },
  },
];

function organization(exchange: Exchange): Row {
  requirePermission(exchange, readers.organization);
  const { tenantId, displayName, domain } = exchange.world.state;
  const verifiedDomains = [
    { capabilities: '', isDefault: true, isInitial: true, name: domain, type: 'Managed' },
  ];
  return { id: tenantId, displayName, tenantType: 'AAD', verifiedDomains };
}

/** Unknown ids are left out; of kinds the token may not read only the id is told. */
function getByIds(exchange: Exchange): Answer {
  requirePermission(exchange, Object.values(readersOfType).flat());
  refuseGuests(exchange);
  const { call, world } = exchange;
  const { ids, types } = isRow(call.body) ? call.body : {};
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > MOST) {
    throw badRequest(`The parameter 'ids' must hold between 1 and ${MOST} ids.`);
  }
  const wanted = Array.isArray(types) ? types.map((type) => `#microsoft.graph.${type}`.toLowerCase()) : null;
  const value = [...new Set(ids.map((id) => String(id).toLowerCase()))]
    .map((id) => directoryObject(world.state, id))
    .filter((row): row is Row => row !== null)
    .filter((row) => !wanted || wanted.includes(String(row['@odata.type']).toLowerCase()))
    .map((row) => readable(exchange, row));
  return { status: 200, body: { '@odata.context': contextOf(exchange, directoryObjects.context), value } };
}

function readable(exchange: Exchange, row: Row): Row {
  const type = String(row['@odata.type']);
  const names = isGranted(exchange, readersOfType[type] ?? [])
    ? (directoryObjects.defaults?.(row) ?? [])
    : ['id'];
  return { '@odata.type': type, ...Object.fromEntries(names.map((name) => [name, row[name]])) };
}
