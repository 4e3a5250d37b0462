import type { Schedule, State } from '#lib/emulator/state.ts';
import { printedPrincipal, printedTime, roleDefinitionId } from './printed.ts';
import { assignmentId, assignmentName } from './schedule-row.ts';

/** An active schedule as a plain role assignment. */
export function assignmentRow(state: State, schedule: Schedule) {
  const { principalId, role, scope } = schedule;
  const createdOn = printedTime(schedule.createdAt);
  return {
    properties: {
      roleDefinitionId: roleDefinitionId(scope, role),
      principalId,
      principalType: printedPrincipal(state, principalId).type,
      scope,
      ...(schedule.condition === null ? {} : { condition: schedule.condition, conditionVersion: '2.0' }),
      createdOn,
      updatedOn: createdOn,
    },
    id: assignmentId(schedule),
    type: 'Microsoft.Authorization/roleAssignments',
    name: assignmentName(schedule),
  };
}
