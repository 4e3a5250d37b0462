import { effectiveFor } from '#lib/emulator/pim/holdings.ts';
import type { AzureRole, Schedule } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { denying } from './deny.ts';
import { matchesAction } from './matches-action.ts';
import { ancestorsOf } from './scopes.ts';

/** A role in force, and the assignment that gives it. */
export interface ActiveRole {
  schedule: Schedule;
  role: AzureRole;
}

/**
 * Whether a principal's active Azure role assignments allow a control-plane action at a canonical scope, and no deny
 * assignment forbids it. Azure adds roles up: one role that allows is enough, and a role's notActions take away only from
 * that role.
 */
export function mayOnArm(world: World, principalId: string, action: string, scope: string): boolean {
  return (
    allowing(world, principalId, action, scope).length > 0 &&
    denying(world, principalId, action, scope) === null
  );
}

/** The active roles of a principal that allow an action at a canonical scope, deny assignments left aside. */
export function allowing(world: World, principalId: string, action: string, scope: string): ActiveRole[] {
  return activeAzureRoles(world, principalId, scope).filter(({ role }) => allows(role, action));
}

/** What a principal holds actively at a scope or above it, through groups too. */
export function activeAzureRoles(world: World, principalId: string, scope: string): ActiveRole[] {
  const reach = new Set([scope, ...ancestorsOf(world.state, scope)]);
  const found: ActiveRole[] = [];
  for (const { schedule } of effectiveFor(world, principalId)) {
    if (schedule.plane !== 'azure' || !reach.has(schedule.scope)) continue;
    const role = world.state.azureRoles.find((one) => one.name === schedule.role);
    if (role) found.push({ schedule, role });
  }
  return found;
}

function allows(role: AzureRole, action: string): boolean {
  return role.permissions.some(
    (permission) =>
      permission.actions.some((pattern) => matchesAction(pattern, action)) &&
      !permission.notActions.some((pattern) => matchesAction(pattern, action)),
  );
}
