import type { ScheduleRequest, State } from '#lib/emulator/state.ts';

/** What PIM posts to a custom extension: the schedule request, in the words of its plane. Azure's carries neither id nor requestor. */
export function calloutBody(state: State, request: ScheduleRequest): object {
  if (request.plane === 'azure') return azureBody(state, request);
  const { id, status, action, justification, principalId, role, scope } = request;
  const common = {
    id,
    status,
    action,
    justification,
    principalId,
    scheduleInfo: {
      '@odata.type': 'microsoft.graph.requestSchedule',
      startDateTime: iso(request.startAt),
      recurrence: null,
      expiration: expirationOf(request),
    },
    ticketInfo: {
      '@odata.type': 'microsoft.graph.ticketInfo',
      ticketNumber: request.ticketNumber,
      ticketSystem: request.ticketSystem,
    },
  };
  return request.plane === 'group'
    ? {
        '@odata.type': '#microsoft.graph.privilegedAccessGroupAssignmentScheduleRequest',
        ...common,
        accessId: role,
        groupId: scope,
      }
    : {
        '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleRequest',
        ...common,
        roleDefinitionId: role,
        directoryScopeId: scope,
      };
}

function azureBody(state: State, request: ScheduleRequest): object {
  const { principalId, role, scope, justification, expiration } = request;
  const subscription = /^\/subscriptions\/[^/]+/.exec(scope)?.[0] ?? '';
  const isUser = state.users.some(({ id }) => id === principalId);
  return {
    properties: {
      principalId,
      principalType: isUser ? 'User' : 'Group',
      requestType: pascal(request.action),
      roleDefinitionId: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role}`,
      scope,
      justification,
      scheduleInfo: {
        startDateTime: iso(request.startAt),
        expiration: { ...expirationOf(request), type: pascal(expiration.type) },
      },
      ticketInfo: { ticketNumber: request.ticketNumber, ticketSystem: request.ticketSystem },
    },
  };
}

function expirationOf({ expiration: { type, duration, endAt } }: ScheduleRequest) {
  return { type, duration, endDateTime: iso(endAt) };
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
const pascal = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
