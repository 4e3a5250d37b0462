import { findById } from '#lib/emulator/by-id.ts';
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
  const links = { [`${family}ScheduleId`]: `${at}/${family}Schedules/${schedule.id}` };
  const origin = {
    originRoleAssignmentId: assignmentId(schedule),
    ...linkedEligibility(state, schedule, true),
  };
  return row(schedule.scope, `${family}ScheduleInstances`, instanceName(schedule), {
    ...links,
    ...(schedule.kind === 'active' ? { ...origin, assignmentType: assignmentTypeOf(schedule) } : {}),
    ...common(state, schedule, memberType),
  });
}

/** One row of roleEligibilitySchedules or roleAssignmentSchedules. */
export function scheduleRow(state: State, schedule: Schedule, memberType: MemberType) {
  const family = schedule.kind === 'eligible' ? 'roleEligibility' : 'roleAssignment';
  // An eligibility always comes from a request, though the log may have forgotten it.
  const requestId = schedule.requestId ?? (schedule.kind === 'eligible' ? schedule.id : null);
  const request = `${objectsAt(schedule.scope)}/${family}ScheduleRequests/${requestId}`;
  const assignment = {
    ...linkedEligibility(state, schedule, false),
    assignmentType: assignmentTypeOf(schedule),
  };
  return row(schedule.scope, `${family}Schedules`, schedule.id, {
    ...(requestId === null ? {} : { [`${family}ScheduleRequestId`]: request }),
    ...(schedule.kind === 'active' ? assignment : {}),
    ...common(state, schedule, memberType),
    updatedOn: printedTime(schedule.createdAt),
  });
}

/** The full id of the plain role assignment behind an active schedule. */
export function assignmentId(schedule: Schedule): string {
  const scope = schedule.scope === '/' ? '' : schedule.scope;
  return `${scope}/providers/Microsoft.Authorization/roleAssignments/${assignmentName(schedule)}`;
}

/** Where an activation came from; the eligibility may lie at a scope above. */
function linkedEligibility(state: State, schedule: Schedule, instances: boolean) {
  const source = findById(state.schedules, schedule.eligibilityId);
  if (source === undefined) return {};
  const at = objectsAt(source.scope);
  const instance = `${at}/roleEligibilityScheduleInstances/${instanceName(source)}`;
  return {
    linkedRoleEligibilityScheduleId: `${at}/roleEligibilitySchedules/${source.id}`,
    ...(instances ? { linkedRoleEligibilityScheduleInstanceId: instance } : {}),
  };
}

function objectsAt(scope: string): string {
  return `${pimScope(scope)}/providers/Microsoft.Authorization`;
}

/** Condition and its version, where there is one. */
export function conditionOf({ condition, conditionVersion = '2.0' }: Schedule) {
  return condition === null ? {} : { condition, conditionVersion };
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
    ...conditionOf(schedule),
    expandedProperties: expandedProperties(state, principalId, role, scope),
  };
}

function row(scope: string, collection: string, name: string, properties: object) {
  return {
    properties,
    name,
    id: `${objectsAt(scope)}/${collection}/${name}`,
    type: `Microsoft.Authorization/${collection}`,
  };
}
