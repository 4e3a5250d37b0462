import { at, type Exchange, type Route } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { rolesInForce } from '#lib/emulator/graph/pim/role-assignment-row.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { EntraRole } from '#lib/emulator/state.ts';
import { directoryRoleId, directoryRoleRow } from './directory-roles.ts';
import { listObjects } from './list-objects.ts';

const set = { context: 'directoryRoles' };
const one = ['/directoryRoles/{id}', "/directoryRoles(roleTemplateId='{template}')"];

/** Roles that somebody holds, as objects of the directory, and who holds them over all of it. */
export const directoryRoleRoutes: Route[] = [
  {
    method: 'GET',
    path: '/directoryRoles',
    answer: (exchange) => collection(exchange, activated(exchange).map(directoryRoleRow), set),
  },
  ...one.flatMap((path): Route[] => [
    { method: 'GET', path, answer: (exchange) => entity(exchange, directoryRoleRow(wanted(exchange)), set) },
    {
      method: 'GET',
      path: `${path}/members`,
      answer: (exchange) => {
        const { id } = wanted(exchange);
        const held = rolesInForce(exchange).filter(({ role, scope }) => role === id && scope === '/');
        return listObjects(exchange, [...new Set(held.map(({ principalId }) => principalId))]);
      },
    },
  ]),
];

function activated(exchange: Exchange): EntraRole[] {
  const held = new Set(rolesInForce(exchange).map(({ role }) => role));
  return exchange.world.state.entraRoles.filter(({ id, isBuiltIn }) => isBuiltIn && held.has(id));
}

function wanted(exchange: Exchange): EntraRole {
  const [id, template] = [at(exchange, 'id').toLowerCase(), at(exchange, 'template').toLowerCase()];
  const found = activated(exchange).find((role) => role.id === template || directoryRoleId(role) === id);
  if (!found) throw resourceMissing(id || template);
  return found;
}
