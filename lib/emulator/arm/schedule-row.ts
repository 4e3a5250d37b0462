import type { Schedule, State } from '#lib/emulator/state.ts';
import { derivedGuid } from './derived-guid.ts';
import { expandedProperties, pimScope, printedPrincipal, printedTime, roleDefinitionId } from './printed.ts';

export type MemberType = 'Direct' | 'Group' | 'Inherited';

/** The name of the plain role assignment behind an active schedule. */
export function assignmentName(schedule: Schedule): string {
  return schedule.requestId === null ? schedule.id : derivedGuid('assignment', schedule.id);
}

/** The name of what is in force now under a schedule. */
export function instanceName(schedule: Schedule): string {
  return derivedGuid('instance', schedule.id);
}

/** One row of roleEligibilityScheduleInstances or roleAssignmentScheduleInstances. */
export function instanceRow(state: State, schedule: Schedule, memberType: MemberType) {
  const family = schedule.kind === 'eligible' ? 'roleEligibility' : 'roleAssignment';
  const at = objectsAt(schedule.scope);
  const linked = schedule.eligibilityId;
  const active = {
    roleAssignmentScheduleId: `${at}/roleAssignmentSchedules/${schedule.id}`,
    originRoleAssignmentId: `${schedule.scope === '/' ? '' : schedule.scope}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(schedule)}`,
    ...(linked === null
      ? {}
      : {
          linkedRoleEligibilityScheduleId: `${at}/roleEligibilitySchedules/${linked}`,
          linkedRoleEligibilityScheduleInstanceId: `${at}/roleEligibilityScheduleInstances/${derivedGuid('instance', linked)}`,
        }),
    assignmentType: assignmentTypeOf(schedule),
  };
  const eligible = { roleEligibilityScheduleId: `${at}/roleEligibilitySchedules/${schedule.id}` };
  return row(
    schedule.scope,
    `${family}ScheduleInstances`,
    instanceName(schedule),
    schedule.kind === 'eligible' ? eligible : active,
    common(state, schedule, memberType),
  );
}

/** One row of roleEligibilitySchedules or roleAssignmentSchedules. */
export function scheduleRow(state: State, schedule: Schedule, memberType: MemberType) {
  const family = schedule.kind === 'eligible' ? 'roleEligibility' : 'roleAssignment';
  const at = objectsAt(schedule.scope);
  const linked = schedule.eligibilityId;
  const links = {
    ...(schedule.requestId === null
      ? {}
      : { [`${family}ScheduleRequestId`]: `${at}/${family}ScheduleRequests/${schedule.requestId}` }),
    ...(linked === null ? {} : { linkedRoleEligibilityScheduleId: `${at}/roleEligibilitySchedules/${linked}` }),
    ...(schedule.kind === 'active' ? { assignmentType: assignmentTypeOf(schedule) } : {}),
  };
  return row(schedule.scope, `${family}Schedules`, schedule.id, links, {
    ...common(state, schedule, memberType),
    updatedOn: printedTime(schedule.createdAt),
  });
}

function objectsAt(scope: string): string {
  return `${pimScope(scope)}/providers/Microsoft.Authorization`;
}

function assignmentTypeOf(schedule: Schedule): string {
  return schedule.assignmentType === 'activated' ? 'Activated' : 'Assigned';
}

function common(state: State, schedule: Schedule, memberType: MemberType) {
  const { principalId, role, scope } = schedule;
  return {
    scope,
    roleDefinitionId: roleDefinitionId(scope, role),
    principalId,
    principalType: printedPrincipal(state, principalId).type,
    status: 'Provisioned',
    startDateTime: printedTime(schedule.startAt),
    ...(schedule.endAt === null ? {} : { endDateTime: printedTime(schedule.endAt) }),
    memberType,
    createdOn: printedTime(schedule.createdAt),
    ...(schedule.condition === null ? {} : { condition: schedule.condition, conditionVersion: '2.0' }),
    expandedProperties: expandedProperties(state, principalId, role, scope),
  };
}

function row(scope: string, collection: string, name: string, links: object, rest: object) {
  return {
    properties: { ...links, ...rest },
    name,
    id: `${objectsAt(scope)}/${collection}/${name}`,
    type: `Microsoft.Authorization/${collection}`,
  };
}
