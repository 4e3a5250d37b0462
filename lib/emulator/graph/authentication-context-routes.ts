import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import type { Exchange } from './exchange.ts';
import { at, type Route } from './exchange.ts';
import { collection, entity } from './odata/collection.ts';
import { holdsAny, requirePermission } from './permissions.ts';
import { denied, resourceMissing } from './refusal.ts';

const path = '/identity/conditionalAccess/authenticationContextClassReferences';
const set = { context: path.slice(1) };
const readers = ['Policy.Read.ConditionalAccess', 'Policy.ReadWrite.ConditionalAccess', 'Policy.Read.All'];
const { globalAdministrator, globalReader, securityAdministrator, securityReader } = knownRoles;

/** The authentication contexts that Conditional Access knows, to be listed, never assumed. */
export const authenticationContextRoutes: Route[] = [
  {
    method: 'GET',
    path,
    answer: (exchange) => {
      gate(exchange);
      return collection(exchange, rows(exchange), set);
    },
  },
  {
    method: 'GET',
    path: `${path}/{id}`,
    answer: (exchange) => {
      gate(exchange);
      const row = rows(exchange).find(({ id }) => id === at(exchange, 'id'));
      if (!row) throw resourceMissing(at(exchange, 'id'));
      return entity(exchange, row, set);
    },
  },
];

const rows = ({ world }: Exchange) =>
  world.state.graph.authenticationContexts.map(({ id, displayName, description, isAvailable }) => ({
    id,
    displayName,
    description,
    isAvailable,
  }));

function gate(exchange: Exchange): void {
  requirePermission(exchange, readers);
  const enough = [globalAdministrator, globalReader, securityAdministrator, securityReader];
  if (exchange.caller.kind === 'user' && !holdsAny(exchange, enough)) throw denied();
}
