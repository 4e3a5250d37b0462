import type { Schedule } from '#lib/emulator/state.ts';
import { allowing } from './access.ts';
import type { AuthorizationCall } from './authorization-call.ts';
import { fulfils } from './condition.ts';
import { printedPrincipal } from './printed.ts';
import { conditionNotFulfilled } from './refusals.ts';

/** Throws 403 unless one of the caller's roles lets this very assignment be written or deleted. */
export function mustMeetConditions(
  { world, caller, scope }: AuthorizationCall,
  verb: 'write' | 'delete',
  { principalId, role }: Pick<Schedule, 'principalId' | 'role'>,
): void {
  const action = `Microsoft.Authorization/roleAssignments/${verb}`;
  const facts = {
    RoleDefinitionId: role,
    PrincipalId: principalId,
    PrincipalType: printedPrincipal(world.state, principalId).type,
  };
  const held = allowing(world, caller.objectId, action, scope);
  if (held.some(({ schedule }) => fulfils(schedule.condition, action, facts))) return;
  throw conditionNotFulfilled(world, caller, action, scope);
}
