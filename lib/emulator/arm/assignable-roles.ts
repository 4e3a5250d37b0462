import type { AzureRole, State } from '#lib/emulator/state.ts';
import { covers } from './scopes.ts';

/** The role definitions that can be assigned at a canonical scope. */
export function assignableAt(state: State, scope: string): AzureRole[] {
  return state.azureRoles.filter((role) =>
    role.assignableScopes.some((upper) => covers(state, upper, scope)),
  );
}
