import { principalOf } from '#lib/emulator/graph/directory/objects.ts';
import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import type { Expandable } from '#lib/emulator/graph/odata/print.ts';
import { readsAllRoles } from '#lib/emulator/graph/permissions.ts';
import { denied } from '#lib/emulator/graph/refusal.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { Held } from '#lib/emulator/pim/holdings.ts';
import { invalidRequest } from '#lib/emulator/pim/refusals.ts';
import type { Schedule, ScheduleRequest } from '#lib/emulator/state.ts';
import { made, requestFields, scheduledWindow } from './common-rows.ts';
import { capital, type Family } from './family.ts';
import { instanceId } from './instance-id.ts';
import { heldRoleRow } from './role-definition-row.ts';

const wide = ['RoleManagement.Read.Directory', 'RoleManagement.Read.All'];
const memberTypes = { direct: 'Direct', group: 'Group', inherited: 'Inherited' };

/** PIM for Entra roles. */
export const entraFamily: Family = {
  plane: 'entra',
  base: '/roleManagement/directory',
  setName: (side, kind) => `role${capital(side)}${kind}s`,
  typeName: (side, kind) => `unifiedRole${capital(side)}${kind}`,
  permissions: (side, access) => {
    const own = `Role${capital(side)}Schedule`;
    const write = [`${own}.ReadWrite.Directory`, 'RoleManagement.ReadWrite.Directory'];
    return access === 'ReadWrite' ? write : [`${own}.Read.Directory`, ...write, ...wide];
  },
  instance: ({ schedule, memberType }) => ({
    id: instanceId(schedule),
    ...targetOf(schedule),
    startDateTime: isPlain(schedule) ? null : moment(schedule.startAt),
    endDateTime: moment(schedule.endAt),
    memberType: memberTypes[memberType],
    ...(schedule.kind === 'eligible'
      ? { roleEligibilityScheduleId: schedule.id }
      : {
          assignmentType: assignmentType(schedule),
          roleAssignmentOriginId: instanceId(schedule),
          roleAssignmentScheduleId: scheduleId(schedule),
        }),
  }),
  schedule: ({ schedule, memberType }: Held): Row => ({
    id: scheduleId(schedule),
    ...targetOf(schedule),
    ...(isPlain(schedule) ? notMadeByPim : made(schedule)),
    status: 'Provisioned',
    memberType: memberTypes[memberType],
    scheduleInfo: scheduledWindow(schedule),
    ...(schedule.kind === 'active' && { assignmentType: assignmentType(schedule) }),
  }),
  request: (state, request) => ({
    ...requestFields(state, request),
    roleDefinitionId: request.role,
    directoryScopeId: request.scope,
    appScopeId: null,
    targetScheduleId: request.targetScheduleId,
    ...(isTakenAway(request) && { completedDateTime: null, targetScheduleId: null }),
  }),
  expand,
  gate: (exchange) => {
    if (!readsAllRoles(exchange)) throw denied();
  },
  sees: readsAllRoles,
  target: ({ roleDefinitionId, directoryScopeId, appScopeId }) => {
    const hasAppScope = typeof appScopeId === 'string' && appScopeId !== '';
    if (typeof roleDefinitionId !== 'string' || typeof directoryScopeId !== 'string' || hasAppScope) {
      throw invalidRequest();
    }
    return { role: roleDefinitionId, scope: directoryScopeId };
  },
  approvals: { path: '/roleManagement/directory/roleAssignmentApprovals', stages: 'steps', version: 'beta' },
};

function targetOf({ principalId, role, scope }: Schedule): Row {
  return { principalId, roleDefinitionId: role, directoryScopeId: scope, appScopeId: null };
}

const assignmentType = (schedule: Schedule) =>
  schedule.assignmentType === 'activated' ? 'Activated' : 'Assigned';

/** The request that removed an eligibility is printed without its end and without what it removed. */
function isTakenAway({ side, action, status }: ScheduleRequest): boolean {
  return side === 'eligibility' && action === 'adminRemove' && status === 'Revoked';
}

const notMadeByPim = { createdUsing: null, createdDateTime: null, modifiedDateTime: null };

/** What was given past PIM has no schedule: it goes by the name of the assignment. */
const scheduleId = (schedule: Schedule) => (isPlain(schedule) ? instanceId(schedule) : schedule.id);

/** A permanent assignment made without PIM has no start to tell. */
function isPlain({ kind, assignmentType: type, endAt, requestId }: Schedule): boolean {
  return kind === 'active' && type === 'assigned' && endAt === null && requestId === null;
}

function expand({ world, version }: Exchange): Record<string, Expandable> {
  const { state } = world;
  return {
    principal: principalOf(state),
    roleDefinition: {
      read: ({ roleDefinitionId }) => {
        const role = state.entraRoles.find(({ id }) => id === roleDefinitionId);
        return role ? heldRoleRow(role, version) : null;
      },
    },
    directoryScope: {
      read: ({ directoryScopeId }) =>
        directoryScopeId === '/' ? null : { id: String(directoryScopeId).split('/').at(-1) },
    },
    appScope: { read: () => null },
  };
}
