import { findById } from '#lib/emulator/by-id.ts';
import type { ScheduleRequest, State } from '#lib/emulator/state.ts';
import { expandedProperties, pimScope, printedPrincipal, printedTime, roleDefinitionId } from './printed.ts';

/**
 * A schedule request as ARM prints it, in PascalCase words. What has no value is null where the API reference says so, and
 * absent in the preview version, as recorded traffic has it (contract 0, 5.2 and 9).
 */
export function requestRow(state: State, request: ScheduleRequest, tellsNull: boolean) {
  const given = tellsNull ? orNull : orAbsent;
  const { id, principalId, role, scope } = request;
  const family = request.side === 'eligibility' ? 'roleEligibility' : 'roleAssignment';
  const at = `${pimScope(scope)}/providers/Microsoft.Authorization`;
  const target = `target${pascal(family)}ScheduleId`;
  const linked = findById(state.schedules, request.linkedEligibilityId);
  const linkedScope = `${pimScope(linked?.scope ?? scope)}/providers/Microsoft.Authorization`;
  return {
    properties: {
      ...given(target, request.targetScheduleId, `${at}/${family}Schedules/${request.targetScheduleId}`),
      scope,
      roleDefinitionId: roleDefinitionId(scope, role),
      principalId,
      principalType: printedPrincipal(state, principalId).type,
      requestType: pascal(request.action),
      status: request.status,
      ...given('approvalId', request.approval, `${at}/roleAssignmentApprovals/${request.approval?.id}`),
      ...orAbsent(
        'linkedRoleEligibilityScheduleId',
        request.linkedEligibilityId,
        `${linkedScope}/roleEligibilitySchedules/${request.linkedEligibilityId}`,
      ),
      ...(tellsNull ? { [`${target.slice(0, -2)}InstanceId`]: null } : {}),
      ...scheduleInfo(request, given),
      ticketInfo: {
        ...given('ticketNumber', request.ticketNumber),
        ...given('ticketSystem', request.ticketSystem),
      },
      ...given('justification', request.justification),
      requestorId: request.requestorId,
      createdOn: printedTime(request.createdAt),
      ...given('condition', request.condition ?? null),
      ...given('conditionVersion', request.conditionVersion ?? null),
      expandedProperties: expandedProperties(state, principalId, role, scope),
    },
    name: id,
    id: `${at}/${family}ScheduleRequests/${id}`,
    type: `Microsoft.Authorization/${family}ScheduleRequests`,
  };
}

function scheduleInfo({ action, startAt, expiration }: ScheduleRequest, given: Given) {
  if (action === 'selfDeactivate' || action === 'adminRemove') return {};
  const end = expiration.endAt;
  const printed = {
    ...given('type', expiration.type === 'notSpecified' ? null : pascal(expiration.type)),
    ...given('duration', expiration.duration),
    ...given('endDateTime', end, end === null ? '' : printedTime(end)),
  };
  const start = startAt === null ? {} : { startDateTime: printedTime(startAt) };
  return { scheduleInfo: { ...start, expiration: printed } };
}

type Given = (name: string, value: unknown, printed?: unknown) => Record<string, unknown>;

const orAbsent: Given = (name, value, printed = value) => (value === null ? {} : { [name]: printed });
const orNull: Given = (name, value, printed = value) => ({ [name]: value === null ? null : printed });

function pascal(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
