import { findById } from '#lib/emulator/by-id.ts';
import { directoryObject, principalOf } from '#lib/emulator/graph/directory/objects.ts';
import type { Exchange, Row } from '#lib/emulator/graph/exchange.ts';
import type { Filter } from '#lib/emulator/graph/odata/filter.ts';
import { equalities } from '#lib/emulator/graph/odata/matches.ts';
import { holdsAny, readsGroup } from '#lib/emulator/graph/permissions.ts';
import { badRequest, denied } from '#lib/emulator/graph/refusal.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { invalidRequest } from '#lib/emulator/pim/refusals.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import { made, requestFields, scheduledWindow } from './common-rows.ts';
import { capital, type Family } from './family.ts';

/** PIM for Groups. */
export const groupFamily: Family = {
  plane: 'group',
  base: '/identityGovernance/privilegedAccess/group',
  setName: (side, kind) => `${side}${kind}s`,
  typeName: (side, kind) => `privilegedAccessGroup${capital(side)}${kind}`,
  permissions: (side, access) => {
    const own = `Privileged${capital(side)}Schedule`;
    const write = `${own}.ReadWrite.AzureADGroup`;
    return access === 'ReadWrite' ? [write] : [`${own}.Read.AzureADGroup`, write];
  },
  instance: ({ schedule, memberType }) => ({
    id: longId(schedule, schedule.id),
    startDateTime: moment(schedule.startAt),
    endDateTime: moment(schedule.endAt),
    ...targetOf(schedule),
    memberType,
    ...(schedule.kind === 'eligible'
      ? { eligibilityScheduleId: longId(schedule, schedule.id) }
      : {
          assignmentType: schedule.assignmentType,
          assignmentScheduleId: longId(schedule, schedule.id),
        }),
  }),
  schedule: ({ schedule, memberType }) => ({
    id: longId(schedule, schedule.id),
    ...made(schedule),
    status: 'Provisioned',
    scheduleInfo: scheduledWindow(schedule),
    ...targetOf(schedule),
    memberType,
    ...(schedule.kind === 'active' && { assignmentType: schedule.assignmentType }),
  }),
  request: (state, request) => ({
    ...requestFields(state, request),
    accessId: request.role,
    groupId: request.scope,
    targetScheduleId: request.targetScheduleId && longId(request, request.targetScheduleId),
  }),
  expand: ({ world: { state } }) => ({
    principal: principalOf(state),
    group: { read: ({ groupId }) => directoryObject(state, String(groupId)) },
  }),
  gate,
  sees,
  target: ({ accessId, groupId }) => {
    const role = typeof accessId === 'string' ? accessId.toLowerCase() : '';
    if ((role !== 'member' && role !== 'owner') || typeof groupId !== 'string') throw invalidRequest();
    return { role, scope: groupId };
  },
  approvals: { path: '/identityGovernance/privilegedAccess/group/assignmentApprovals', stages: 'stages' },
};

function targetOf({ principalId, role, scope }: Schedule): Row {
  return { principalId, accessId: role, groupId: scope };
}

/** `{groupId}_{accessId}_{id}`, as PIM for Groups names its schedules. */
const longId = ({ scope, role }: Pick<Schedule, 'scope' | 'role'>, id: string) => `${scope}_${role}_${id}`;

function gate(exchange: Exchange, filter: Filter | null): void {
  const { groupId, principalId } = equalities(filter);
  if (groupId) {
    if (!sees(exchange, groupId.toLowerCase())) throw denied();
    return;
  }
  if (!principalId) throw badRequest("A $filter on 'groupId' or 'principalId' is required.");
  const { caller } = exchange;
  const isOwn = principalId.toLowerCase() === caller.objectId;
  const everyone = [knownRoles.globalAdministrator, knownRoles.globalReader];
  if (caller.kind === 'user' && !isOwn && !holdsAny(exchange, everyone)) throw denied();
}

function sees(exchange: Exchange, groupId: string): boolean {
  const group = findById(exchange.world.state.groups, groupId);
  return group ? readsGroup(exchange, group) : exchange.caller.kind === 'app';
}
