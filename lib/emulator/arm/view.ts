import { groupsOf } from '#lib/emulator/pim/holdings.ts';
import type { State } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { covers } from './scopes.ts';

/**
 * Which scopes a list shows: `atScope()` those at and above; a list for one principal those below too. Without a
 * filter a management group leaves out what hangs below it, a subscription or resource does not.
 */
export function inView(
  state: State,
  filter: Map<string, string>,
  viewScope: string,
  rowScope: string,
): boolean {
  if (covers(state, rowScope, viewScope)) return true;
  if (filter.has('atScope')) return false;
  return (filter.size > 0 || viewScope.startsWith('/subscriptions/')) && covers(state, viewScope, rowScope);
}

/** The principals a filter asks for; null when it asks for none in particular. */
export function targetsOf(world: World, filter: Map<string, string>, caller: Caller): Set<string> | null {
  const principalId = filter.get('principalId');
  if (principalId !== undefined) return new Set([principalId.toLowerCase()]);
  const assignee = filter.has('asTarget') ? caller.objectId : filter.get('assignedTo')?.toLowerCase();
  return assignee === undefined ? null : new Set([assignee, ...groupsOf(world, assignee)]);
}
