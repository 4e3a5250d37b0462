import { findById } from '#lib/emulator/by-id.ts';
import type { Row } from '#lib/emulator/graph/exchange.ts';
import { moment } from '#lib/emulator/graph/times.ts';
import type { Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';

/** The fields every schedule request has on Graph, whatever it is for. */
export function requestFields(state: State, request: ScheduleRequest): Row {
  const waits = request.status === 'PendingApproval';
  return {
    id: request.id,
    status: request.status,
    createdDateTime: moment(request.createdAt),
    // Graph prints a completion also while the approver has not answered.
    completedDateTime: moment(waits ? request.createdAt : request.completedAt),
    approvalId: request.approval?.id ?? null,
    customData: request.customData ?? null,
    action: request.action,
    principalId: request.principalId,
    isValidationOnly: false,
    justification: request.justification,
    createdBy: createdBy(state, request.requestorId),
    scheduleInfo: requestedWindow(request),
    ticketInfo: { ticketNumber: request.ticketNumber, ticketSystem: request.ticketSystem },
  };
}

/** How and when a schedule came to be; Graph gives eligibilities the first day of all for a change. */
export function made({ id, kind, requestId, createdAt }: Schedule): Row {
  return {
    createdUsing: requestId ?? id,
    createdDateTime: moment(createdAt),
    modifiedDateTime: kind === 'eligible' ? '0001-01-01T08:00:00Z' : null,
  };
}

/** Since when and until when, as a schedule prints it. */
export function scheduledWindow({ startAt, endAt }: Schedule): Row {
  const type = endAt === null ? 'noExpiration' : 'afterDateTime';
  return {
    startDateTime: moment(startAt),
    recurrence: null,
    expiration: { type, endDateTime: moment(endAt), duration: null },
  };
}

function requestedWindow({ startAt, expiration }: ScheduleRequest): Row | null {
  const { type, endAt, duration } = expiration;
  if (type === 'notSpecified' && startAt === null) return null;
  return {
    startDateTime: moment(startAt),
    recurrence: null,
    expiration: { type, endDateTime: moment(endAt), duration },
  };
}

function createdBy({ servicePrincipals }: State, id: string): Row {
  const who = { displayName: null, id };
  const isApp = findById(servicePrincipals, id) !== undefined;
  return { application: isApp ? who : null, device: null, user: isApp ? null : who };
}
