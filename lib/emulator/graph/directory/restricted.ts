import type { Exchange } from '#lib/emulator/graph/exchange.ts';
import { GraphRefusal } from '#lib/emulator/graph/refusal.ts';
import { activeFor } from '#lib/emulator/pim/holdings.ts';
import type { State } from '#lib/emulator/state.ts';

/** Whether an object is in a restricted management administrative unit. */
export function isRestricted(state: State, id: string): boolean {
  return unitsOf(state, id).length > 0;
}

/**
 * Refuses to change what a restricted unit protects, unless the caller holds a role scoped to that very unit:
 * neither a role for the whole directory nor an application permission counts.
 */
export function refuseRestricted({ world, caller }: Exchange, id: string): void {
  const units = unitsOf(world.state, id);
  if (units.length === 0) return;
  const held = activeFor(world, caller.objectId).map(({ schedule }) => schedule);
  const mayHere = held.some(
    ({ plane, scope }) => plane === 'entra' && units.some((unit) => scope === `/administrativeUnits/${unit}`),
  );
  if (mayHere) return;
  throw new GraphRefusal(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation. Target object is a member of a restricted management administrative unit and can only be modified by administrators scoped to that administrative unit. Check that you are assigned a role that has permission to perform the operation for this restricted management administrative unit.',
  );
}

function unitsOf(state: State, id: string): string[] {
  return state.graph.administrativeUnits
    .filter((unit) => unit.isMemberManagementRestricted && unit.memberIds.includes(id))
    .map((unit) => unit.id);
}
