import { at, type Exchange, type Row } from '#lib/emulator/graph/exchange.ts';
import { collection, entity } from '#lib/emulator/graph/odata/collection.ts';
import { resourceMissing } from '#lib/emulator/graph/refusal.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { appRoleGrantRow, appRoleGrants } from './consents.ts';

type Kind = 'users' | 'groups' | 'servicePrincipals';
type Side = 'principalId' | 'resourceId';

/** The app roles and application permissions a principal has, or with `resourceId` those it gave to others. */
export function grantsWhere(exchange: Exchange, kind: Kind, id: string, side: Side = 'principalId'): Answer {
  return collection(exchange, rowsOf(exchange, id, side), setOf(kind, id, side));
}

/** The one of them that the path names. */
export function grantWhere(exchange: Exchange, kind: Kind, id: string, side: Side = 'principalId'): Answer {
  const wanted = at(exchange, 'grant');
  const found = rowsOf(exchange, id, side).find((row) => row.id === wanted);
  if (!found) throw resourceMissing(wanted);
  return entity(exchange, found, setOf(kind, id, side));
}

function rowsOf({ world: { state } }: Exchange, id: string, side: Side): Row[] {
  return appRoleGrants(state)
    .filter((grant) => grant[side] === id)
    .map((grant) => appRoleGrantRow(state, grant));
}

function setOf(kind: Kind, id: string, side: Side) {
  const name = side === 'principalId' ? 'appRoleAssignments' : 'appRoleAssignedTo';
  return { context: `${kind}('${id}')/${name}` };
}
