import { at, type Exchange, isRow, type Route, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { holdsAny, requirePimPermission } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { CustomExtension } from '#lib/emulator/graph-state.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { checkExtension } from './check-extension.ts';

const path = '/identityGovernance/privilegedAccess/customExtensions';
const set = { context: path.slice(1) };
const write = ['PrivilegedAccess-CustomExt.ReadWrite.All'];
const read = ['PrivilegedAccess-CustomExt.Read.All', ...write];

/** PIM's custom extensions: programs that are asked before, or after, a person approves. */
export const customExtensionRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) => {
      gate(exchange, read);
      return collection(exchange, exchange.world.state.graph.customExtensions, set);
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      gate(exchange, read);
      return entity(exchange, wanted(exchange), set);
    },
  },
  {
    method: 'POST',
    path,
    answer: (exchange) => {
      gate(exchange, write);
      const { graph } = exchange.world.state;
      const sent = bodyOf(exchange);
      // The documented example has no id; the service refuses it all the same.
      if (typeof sent.id !== 'string' || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(sent.id)) {
        throw badRequest('Id property needs to have a GUID value.');
      }
      const id = sent.id.toLowerCase();
      if (graph.customExtensions.some((one) => one.id === id)) throw badRequest(`The id '${id}' is in use.`);
      const { '@odata.type': _type, ...rest } = sent;
      const made = checkExtension(exchange.world.state, {
        '@odata.type': '#microsoft.graph.roleManagementCustomCalloutExtension',
        description: null,
        customAttributes: [],
        ...rest,
        id,
      });
      graph.customExtensions.push(made);
      exchange.world.changed();
      return entity(exchange, made, set, 201);
    },
  },
  {
    method: 'PATCH',
    path: `${path}/{id}`,
    answer: (exchange) => {
      gate(exchange, write);
      const before = wanted(exchange);
      const { '@odata.type': _type, ...sent } = bodyOf(exchange);
      if (sent.id !== undefined && String(sent.id).toLowerCase() !== before.id)
        throw badRequest('The id cannot change.');
      const after = checkExtension(exchange.world.state, { ...before, ...sent, id: before.id });
      replace(exchange, before, [after]);
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: `${path}/{id}`,
    answer: (exchange) => {
      gate(exchange, write);
      replace(exchange, wanted(exchange), []);
      return { status: 204 };
    },
  },
];

function gate(exchange: Exchange, permissions: string[]): void {
  requirePimPermission(exchange, permissions);
  const enough = [knownRoles.globalAdministrator, knownRoles.privilegedRoleAdministrator];
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, enough)) throw denied();
}

function bodyOf({ call }: Exchange): Row {
  if (!isRow(call.body)) throw badRequest('Empty Payload. JSON content expected.');
  return call.body;
}

function wanted(exchange: Exchange): CustomExtension {
  const id = at(exchange, 'id').toLowerCase();
  const found = exchange.world.state.graph.customExtensions.find((one) => one.id === id);
  if (!found) throw resourceMissing(id);
  return found;
}

function replace({ world }: Exchange, before: CustomExtension, by: CustomExtension[]): void {
  const { graph } = world.state;
  graph.customExtensions = graph.customExtensions.flatMap((one) => (one.id === before.id ? by : [one]));
  world.changed();
}
