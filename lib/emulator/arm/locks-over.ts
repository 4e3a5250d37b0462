import type { Lock } from '#lib/emulator/arm-state.ts';
import type { State } from '#lib/emulator/state.ts';
import { ancestorsOf } from './scopes.ts';

/** The locks that reach a canonical scope: its own and those of the scopes above. */
export function locksOver(state: State, scope: string): Lock[] {
  const { locks = [] } = state;
  if (locks.length === 0) return [];
  const reach = new Set([scope, ...ancestorsOf(state, scope)]);
  return locks.filter((lock) => reach.has(lock.scope));
}

/** Whether a role assignment at the scope can be taken away, or, under ReadOnly, given. */
export function isLockedFor(doing: 'assign' | 'remove', state: State, scope: string): boolean {
  return locksOver(state, scope).some(({ level }) => doing === 'remove' || level === 'ReadOnly');
}
