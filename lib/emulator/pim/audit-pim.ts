import { randomUUID } from 'node:crypto';
import { scopeFacts } from '#lib/emulator/arm/scopes.ts';
import type { AuditEvent, AuditTarget } from '#lib/emulator/graph-state.ts';
import type { Plane, Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { actorOf, objectTarget, pimActors, principalActor, writeAudit } from './audit.ts';
import { eventName, type Moment } from './audit-names.ts';

const categories: Record<Plane, string> = {
  entra: 'RoleManagement',
  group: 'GroupManagement',
  azure: 'ResourceManagement',
};

type Told = Pick<
  ScheduleRequest,
  'plane' | 'side' | 'action' | 'principalId' | 'role' | 'scope' | 'expiration' | 'justification'
> &
  Partial<ScheduleRequest>;
type Details = Record<string, string>;

interface Outcome {
  /** Left out: success, told in the words of the request. */
  failure?: string;
  reason?: string;
  details?: Details;
  at?: number;
}

/** PIM's row about a request. `by` null: nobody acted just now; what was completed then counts as its requestor's, the rest as PIM's. */
export function auditRequest(
  world: World,
  by: Caller | null,
  request: Told,
  moment: Moment,
  { failure, reason, details = {}, at }: Outcome = {},
): void {
  const { activity, auditType, operationType } = eventName(request, moment);
  const session: Details = by
    ? {
        IsAuthenticatedWithMfa: by.mfa ? 'True' : 'False',
        oid: by.objectId,
        tid: world.state.tenantId,
        ipaddr: '127.0.0.1',
      }
    : {};
  const id = request.id ?? '';
  writeAudit(world, {
    ...(at !== undefined && { at }),
    service: 'PIM',
    category: categories[request.plane],
    activity,
    operationType,
    result: failure ? 'failure' : 'success',
    reason: failure ?? reason ?? request.justification ?? '',
    correlationId: id || randomUUID(),
    initiatedBy: initiator(world, by, request, moment),
    targets: targetsOf(world.state, request, id),
    details: pairs({
      AuditType: auditType,
      ...roleDetails(world.state, request),
      ...timesOf(request),
      Justification: request.justification ?? '',
      TicketNumber: request.ticketNumber ?? '',
      TicketSystem: request.ticketSystem ?? '',
      ...session,
      RequestId: id,
      RoleAssignmentRequestId: id,
      ...details,
    }),
  });
}

function initiator(world: World, by: Caller | null, { requestorId }: Told, moment: Moment) {
  if (by) return actorOf(world, by);
  return moment === 'completed' && requestorId ? principalActor(world.state, requestorId) : pimActors.pim;
}

/** PIM's row about an assignment whose time is over. */
export function auditExpiry(world: World, schedule: Schedule, at: number): void {
  const isActivation = schedule.assignmentType === 'activated';
  const noun = schedule.kind === 'eligible' ? 'eligible member' : 'member';
  const activity = isActivation
    ? 'Remove member from role (PIM activation expired)'
    : `Remove ${noun} from role in PIM completed (timebound)`;
  const auditType = isActivation ? 'RemoveActivatedRole' : 'RemoveRoleAssignment';
  const details = { AuditType: auditType, ActionType: 'Revoke' };
  writeSchedule(world, schedule, { activity, operationType: auditType, at }, details);
}

/** PIM's alert about a role that somebody was given for good without it. */
export function auditOutside(world: World, schedule: Schedule): void {
  const activity = 'Add member to role outside of PIM (permanent)';
  const details = { AuditType: 'RoleElevatedOutsidePimAlert', RoleAssignmentRequestId: randomUUID() };
  writeSchedule(world, schedule, { activity, operationType: 'Add' }, details);
}

/** PIM's row about changed role settings. */
export function auditPolicy(
  world: World,
  by: Caller,
  policy: Pick<Schedule, 'plane' | 'role' | 'scope'>,
  changes: string[],
): void {
  writeAudit(world, {
    service: 'PIM',
    category: categories[policy.plane],
    activity: 'Update role setting in PIM',
    operationType: 'Update',
    result: 'success',
    reason: `Setting changes in this session: ${changes.map((one) => `${one}.`).join(' ')}`,
    correlationId: randomUUID(),
    initiatedBy: actorOf(world, by),
    targets: [roleTarget(world.state, policy), ...placeTargets(world.state, policy)],
    details: pairs({ AuditType: 'UpdatePolicy', ...roleDetails(world.state, policy) }),
  });
}

function writeSchedule(
  world: World,
  schedule: Schedule,
  event: Pick<AuditEvent, 'activity' | 'operationType'> & { at?: number },
  details: Details,
): void {
  const requestId = schedule.requestId ?? '';
  writeAudit(world, {
    ...event,
    service: 'PIM',
    category: categories[schedule.plane],
    result: 'success',
    reason: '',
    correlationId: requestId || randomUUID(),
    initiatedBy: pimActors.pim,
    targets: targetsOf(world.state, schedule, requestId),
    details: pairs({
      ...roleDetails(world.state, schedule),
      StartTime: new Date(schedule.startAt).toISOString(),
      ExpirationTime: schedule.endAt === null ? '' : new Date(schedule.endAt).toISOString(),
      RequestId: requestId,
      RoleAssignmentRequestId: requestId,
      ...details,
    }),
  });
}

type Place = Pick<Schedule, 'plane' | 'role' | 'scope'>;

function targetsOf(state: State, held: Place & { principalId: string }, requestId: string): AuditTarget[] {
  const request = {
    id: requestId,
    displayName: null,
    type: 'Request',
    userPrincipalName: null,
    modified: [],
  };
  return [
    roleTarget(state, held),
    ...(requestId ? [request] : []),
    objectTarget(state, held.principalId),
    ...placeTargets(state, held),
  ];
}

function roleTarget(state: State, { plane, role }: Place): AuditTarget {
  const { name, isBuiltIn } = roleFacts(state, plane, role);
  const modified = [
    ['RoleDefinitionOriginId', role],
    ['RoleDefinitionOriginType', isBuiltIn ? 'BuiltInRole' : 'CustomRole'],
    ['TemplateId', role],
  ].map(([displayName = '', value]) => ({ displayName, oldValue: '""', newValue: `"${value}"` }));
  return { id: role, displayName: name, type: 'Role', userPrincipalName: null, modified };
}

function placeTargets(state: State, { plane, scope }: Place): AuditTarget[] {
  const plain = { userPrincipalName: null, modified: [] };
  if (plane === 'group') return [objectTarget(state, scope)];
  if (plane === 'entra') {
    return [{ ...plain, id: state.tenantId, displayName: state.displayName, type: 'Directory' }];
  }
  const { displayName, type } = scopeFacts(state, scope);
  return [{ ...plain, id: scope, displayName, type }];
}

function roleFacts(state: State, plane: Plane, role: string): { name: string; isBuiltIn: boolean } {
  if (plane === 'group') return { name: role === 'owner' ? 'Owner' : 'Member', isBuiltIn: true };
  if (plane === 'entra') {
    const found = state.entraRoles.find(({ id }) => id === role);
    return { name: found?.displayName ?? role, isBuiltIn: found?.isBuiltIn ?? true };
  }
  const found = state.azureRoles.find(({ name }) => name === role);
  return { name: found?.roleName ?? role, isBuiltIn: found?.type !== 'CustomRole' };
}

function roleDetails(state: State, { plane, role, scope }: Place): Details {
  const { isBuiltIn } = roleFacts(state, plane, role);
  return {
    RoleDefinitionOriginId: role,
    RoleDefinitionOriginType: isBuiltIn ? 'BuiltInRole' : 'CustomRole',
    TemplateId: role,
    ResourceOriginId: scope === '/' ? '' : scope,
  };
}

function timesOf({ startAt, expiration, targetScheduleId }: Told): Details {
  if (!targetScheduleId || startAt === null || startAt === undefined) return {};
  const end = expiration.endAt === null ? '' : new Date(expiration.endAt).toISOString();
  return { StartTime: new Date(startAt).toISOString(), ExpirationTime: end };
}

const pairs = (details: Details) =>
  Object.entries(details)
    .filter(([, value]) => value !== '')
    .map(([key, value]) => ({ key, value }));
