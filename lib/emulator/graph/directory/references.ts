import { type Exchange, isRow } from '#lib/emulator/graph/exchange.ts';
import { collection } from '#lib/emulator/graph/odata/collection.ts';
import { badRequest, resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { directoryObject } from './objects.ts';

/** `GET …/$ref`: no more of the objects than where they are. */
export function listReferences(exchange: Exchange, ids: string[]): Answer {
  const { call, version } = exchange;
  const rows = ids.map((id) => ({ '@odata.id': `${call.origin}/${version}/directoryObjects/${id}` }));
  return collection(exchange, rows, { context: 'Collection($ref)' });
}

/** The id of the object that the body of a `POST …/$ref` points at. Refuses what is no reference, and one to nothing. */
export function referenced({ call, world }: Exchange): string {
  const reference = isRow(call.body) ? call.body['@odata.id'] : undefined;
  const id = /\/(?:directoryObjects|users|groups|servicePrincipals)\/([0-9a-f-]{36})$/i
    .exec(typeof reference === 'string' ? reference : '')?.[1]
    ?.toLowerCase();
  if (!id) throw badRequest("Invalid URL format specified in @odata.bind for 'members'.");
  if (!directoryObject(world.state, id)) throw resourceMissing(id);
  return id;
}

/** An object is added once. */
export const referenceExists = (name: string) =>
  badRequest(
    `One or more added object references already exist for the following modified properties: '${name}'.`,
  );
