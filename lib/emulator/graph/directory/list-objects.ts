import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import { collection, needConsistency } from '#lib/emulator/graph/odata/collection.ts';
import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { directoryObject, directoryObjects } from './objects.ts';

const contexts: Record<string, string> = {
  user: 'users',
  group: 'groups',
  servicePrincipal: 'servicePrincipals',
  directoryRole: 'directoryRoles',
};

/**
 * Directory objects of all kinds, or of the one the path casts to: an advanced query, as are $filter and $count here.
 * `more`: rows of what is no object of ours by itself.
 */
export function listObjects(exchange: Exchange, ids: string[], more: readonly Row[] = []): Answer {
  const { call, world, at } = exchange;
  if (at.kind || call.query.has('$filter') || call.query.has('$count')) needConsistency(exchange);
  const own = ids.map((id) => directoryObject(world.state, id)).filter((row): row is Row => row !== null);
  const rows = [...own, ...more];
  if (!at.kind) return collection(exchange, rows, directoryObjects);
  const context = contexts[at.kind];
  if (!context) throw badRequest(`The type 'microsoft.graph.${at.kind}' is not supported in this cast.`);
  const cast = rows.filter((row) => row['@odata.type'] === `#microsoft.graph.${at.kind}`);
  return collection(exchange, cast, { ...directoryObjects, context });
}
