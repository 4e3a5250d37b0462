import { activeFor } from '#lib/emulator/pim/holdings.ts';
import type { AzureRole } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { ancestorsOf } from './scopes.ts';

/**
 * Whether a principal's active Azure role assignments allow a control-plane action at a canonical scope.
 * Azure adds roles up: one role that allows is enough, and a role's notActions take away only from that role.
 */
export function mayOnArm(world: World, principalId: string, action: string, scope: string): boolean {
  return activeAzureRoles(world, principalId, scope).some((role) => allows(role, action));
}

/** The role definitions a principal holds actively at a scope or above it, through groups too. */
export function activeAzureRoles(world: World, principalId: string, scope: string): AzureRole[] {
  const reach = new Set([scope, ...ancestorsOf(world.state, scope)]);
  const held = activeFor(world, principalId)
    .map((one) => one.schedule)
    .filter((schedule) => schedule.plane === 'azure' && reach.has(schedule.scope));
  return held.flatMap((schedule) => world.state.azureRoles.filter((role) => role.name === schedule.role));
}

function allows(role: AzureRole, action: string): boolean {
  return role.permissions.some(
    (permission) =>
      permission.actions.some((pattern) => matches(pattern, action)) &&
      !permission.notActions.some((pattern) => matches(pattern, action)),
  );
}

function matches(pattern: string, action: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.\\/+?^$()[\]{}|]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 'i').test(action);
}
