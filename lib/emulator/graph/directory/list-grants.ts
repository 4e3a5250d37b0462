import type { Exchange } from '#lib/emulator/graph/exchange.ts';
import { collection } from '#lib/emulator/graph/odata/collection.ts';
import type { Answer } from '#lib/emulator/wire.ts';
import { appRoleGrantRow, appRoleGrants } from './consents.ts';

/** The app roles and application permissions a principal has, or with `resourceId` those it gave to others. */
export function grantsWhere(
  exchange: Exchange,
  kind: 'users' | 'groups' | 'servicePrincipals',
  id: string,
  side: 'principalId' | 'resourceId' = 'principalId',
): Answer {
  const { state } = exchange.world;
  const rows = appRoleGrants(state)
    .filter((grant) => grant[side] === id)
    .map((grant) => appRoleGrantRow(state, grant));
  const name = side === 'principalId' ? 'appRoleAssignments' : 'appRoleAssignedTo';
  return collection(exchange, rows, { context: `${kind}('${id}')/${name}` });
}
