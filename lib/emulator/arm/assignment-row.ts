import type { Schedule, State } from '#lib/emulator/state.ts';
import { printedPrincipal, printedTime, roleDefinitionId } from './printed.ts';
import { assignmentId, assignmentName, conditionOf } from './schedule-row.ts';

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
      ...conditionOf(schedule),
      ...(schedule.description === undefined ? {} : { description: schedule.description }),
      createdOn,
      updatedOn: createdOn,
      ...(schedule.createdBy === undefined
        ? {}
        : { createdBy: schedule.createdBy, updatedBy: schedule.createdBy }),
    },
    id: assignmentId(schedule),
    type: 'Microsoft.Authorization/roleAssignments',
    name: assignmentName(schedule),
  };
}
