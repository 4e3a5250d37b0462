import type { DirectoryObject, RequestSchedule, TicketInfo } from '@microsoft/microsoft-graph-types';
import { readMark, withMark } from '#lib/azure/mark.ts';
import type { Activation, AwaitingDecision } from '#lib/azure/ports.ts';
import { filedStatusOf, momentOf, windowOf } from '#lib/azure/schedule.ts';
import type { ActiveKind, RoleAtScope } from '#lib/domain/assignment.ts';
import { durationOf } from '#lib/domain/time.ts';
import type { OwnRequest } from './dialect.ts';

/** What both kinds of Graph's schedule requests have. */
interface RequestRow {
  id?: string;
  action?: string | null;
  status?: string | null;
  approvalId?: string | null;
  principalId?: string | null;
  principal?: DirectoryObject | null;
  createdDateTime?: string | null;
  justification?: string | null;
  scheduleInfo?: RequestSchedule | null;
  ticketInfo?: TicketInfo | null;
}

/** The part of an activation's body that is the same for Entra roles and groups. */
export function activationFields(activation: Activation): object {
  return {
    action: 'selfActivate',
    justification: withMark(activation.justification, activation.requestId),
    scheduleInfo: {
      // A start in the past becomes the moment of provisioning.
      startDateTime: (activation.startsAt ?? new Date()).toISOString(),
      expiration: { type: 'afterDuration', duration: durationOf(activation.minutes) },
    },
    ...(activation.ticketNumber
      ? { ticketInfo: { ticketNumber: activation.ticketNumber, ticketSystem: activation.ticketSystem } }
      : {}),
  };
}

/** One's own request as Azure holds it; null when it is not a self-activation. */
export function ownFields(row: RequestRow, role: RoleAtScope): OwnRequest | null {
  const createdAt = momentOf(row.createdDateTime);
  if (row.action?.toLowerCase() !== 'selfactivate' || !row.id || !createdAt) return null;
  const { startsAt, endsAt } = windowOf(row.scheduleInfo);
  const azureStatus = row.status ?? '';
  const status = filedStatusOf(azureStatus, createdAt, startsAt);
  return {
    filed: {
      azureId: row.id,
      // The approval has the request's id, whether Graph prints it again or not.
      approvalId: row.approvalId ?? (status === 'pending_approval' ? row.id : null),
      status,
      azureStatus,
      startsAt,
      endsAt,
    },
    ...readMark(row.justification),
    role,
    createdAt,
  };
}

/** What an approver sees of a request, apart from role and scope. */
export function awaitingFields(
  row: RequestRow,
): Omit<AwaitingDecision, keyof RoleAtScope | 'roleName' | 'scopeName' | 'scopeKind'> {
  const { startsAt, minutes } = windowOf(row.scheduleInfo);
  return {
    azureId: row.id ?? '',
    approvalId: row.approvalId ?? row.id ?? '',
    principalId: row.principalId ?? '',
    principalName: nameOf(row.principal) || null,
    ...readMark(row.justification),
    ticketNumber: row.ticketInfo?.ticketNumber ?? '',
    ticketSystem: row.ticketInfo?.ticketSystem ?? '',
    startsAt,
    minutes,
    createdAt: momentOf(row.createdDateTime) ?? new Date(0),
  };
}

export function activeKindOf(row: {
  assignmentType?: string | null;
  endDateTime?: string | null;
}): ActiveKind {
  if (row.assignmentType?.toLowerCase() === 'activated') return 'activated';
  return row.endDateTime ? 'time_bound' : 'standing';
}

/** Graph’s types leave a directory object's name to its subtypes. */
export function nameOf(
  object: (DirectoryObject & { displayName?: string | null }) | null | undefined,
): string {
  return object?.displayName ?? '';
}
