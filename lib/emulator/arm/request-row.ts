import { findById } from '#lib/emulator/by-id.ts';
import type { ScheduleRequest, State } from '#lib/emulator/state.ts';
import { expandedProperties, pimScope, printedPrincipal, printedTime, roleDefinitionId } from './printed.ts';

/** A schedule request as ARM prints it: PascalCase words, absent rather than null (recorded traffic, contract 5.2). */
export function requestRow(state: State, request: ScheduleRequest) {
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
      ...given(
        'linkedRoleEligibilityScheduleId',
        request.linkedEligibilityId,
        `${linkedScope}/roleEligibilitySchedules/${request.linkedEligibilityId}`,
      ),
      ...scheduleInfo(request),
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

function scheduleInfo({ action, startAt, expiration }: ScheduleRequest) {
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

function given(name: string, value: unknown, printed: unknown = value): Record<string, unknown> {
  return value === null ? {} : { [name]: printed };
}

function pascal(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
