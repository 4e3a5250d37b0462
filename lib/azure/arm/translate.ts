import type {
  ExpandedProperties,
  RoleAssignmentScheduleInstance,
  RoleAssignmentScheduleRequest,
  RoleEligibilityScheduleInstance,
} from '@azure/arm-authorization';
import type { Other } from '#lib/azure/is-taken.ts';
import { readMark, withMark } from '#lib/azure/mark.ts';
import type { Activation, AwaitingDecision, FiledRequest } from '#lib/azure/ports.ts';
import { filedStatusOf, momentOf, windowOf } from '#lib/azure/schedule.ts';
import type { ActiveAssignment, EligibleAssignment, RoleAtScope, RoleNames } from '#lib/domain/assignment.ts';
import { durationOf } from '#lib/domain/time.ts';
import { lastSegment, plainScope, roleDefinitionPath, scopeKindOf } from './scope.ts';

interface Row {
  scope?: string;
  roleDefinitionId?: string;
  expandedProperties?: ExpandedProperties;
}

function roleOf(row: Row): RoleAtScope {
  return { plane: 'azure', roleId: lastSegment(row.roleDefinitionId), scopeId: plainScope(row.scope ?? '') };
}

/** Names come with the row: before activation one may not even read the scope. */
function namesOf(row: Row): RoleNames {
  const { roleId, scopeId } = roleOf(row);
  const { roleDefinition, scope } = row.expandedProperties ?? {};
  return {
    roleName: roleDefinition?.displayName ?? roleId,
    scopeName: scope?.displayName ?? lastSegment(scopeId),
    scopeKind: scopeKindOf(scopeId),
  };
}

export function eligibleOf(row: RoleEligibilityScheduleInstance, principalId: string): EligibleAssignment {
  const through = row.principalType === 'Group' && row.principalId && row.principalId !== principalId;
  return {
    ...roleOf(row),
    ...namesOf(row),
    eligibilityId: row.roleEligibilityScheduleId ?? '',
    throughGroupId: through ? (row.principalId ?? null) : null,
    throughGroupName: through ? (row.expandedProperties?.principal?.displayName ?? 'a group') : null,
    endsAt: momentOf(row.endDateTime),
  };
}

export function activeOf(row: RoleAssignmentScheduleInstance): ActiveAssignment {
  const assigned = row.endDateTime ? 'time_bound' : 'standing';
  return {
    ...roleOf(row),
    ...namesOf(row),
    kind: row.assignmentType === 'Activated' ? 'activated' : assigned,
    startsAt: momentOf(row.startDateTime),
    endsAt: momentOf(row.endDateTime),
  };
}

export function filedOf(row: RoleAssignmentScheduleRequest): FiledRequest {
  const { startsAt, endsAt } = windowOf(row.scheduleInfo);
  const azureStatus = row.status ?? '';
  const status = filedStatusOf(azureStatus, row.createdOn ?? null, startsAt);
  return {
    azureId: row.name ?? '',
    approvalId: status === 'pending_approval' || row.approvalId ? approvalPath(row) : null,
    status,
    azureStatus,
    startsAt,
    endsAt,
  };
}

/** One's own request with what it is for. */
export function ownOf(row: RoleAssignmentScheduleRequest): Other {
  return { role: roleOf(row), filed: filedOf(row) };
}

export function awaitingOf(row: RoleAssignmentScheduleRequest): AwaitingDecision {
  const { startsAt, minutes } = windowOf(row.scheduleInfo);
  return {
    ...roleOf(row),
    ...namesOf(row),
    azureId: row.name ?? '',
    approvalId: approvalPath(row),
    principalId: row.principalId ?? '',
    principalName: row.expandedProperties?.principal?.displayName ?? null,
    ...readMark(row.justification),
    ticketNumber: row.ticketInfo?.ticketNumber ?? '',
    ticketSystem: row.ticketInfo?.ticketSystem ?? '',
    startsAt,
    minutes,
    createdAt: row.createdOn ?? new Date(0),
  };
}

export function activateBody(activation: Activation): RoleAssignmentScheduleRequest {
  const { ticketNumber, ticketSystem } = activation;
  return {
    ...target(activation),
    requestType: 'SelfActivate',
    justification: withMark(activation.justification, activation.requestId),
    scheduleInfo: {
      // A start in the past becomes the moment of provisioning.
      startDateTime: activation.startsAt ?? new Date(),
      expiration: { type: 'AfterDuration', duration: durationOf(activation.minutes) },
    },
    ...(ticketNumber ? { ticketInfo: { ticketNumber, ticketSystem } } : {}),
  };
}

type Target = RoleAtScope & { principalId: string; eligibilityId: string };

export function deactivateBody(of: Target): RoleAssignmentScheduleRequest {
  return { ...target(of), requestType: 'SelfDeactivate' };
}

function target(of: Target): RoleAssignmentScheduleRequest {
  return {
    principalId: of.principalId,
    roleDefinitionId: roleDefinitionPath(of.scopeId, of.roleId),
    linkedRoleEligibilityScheduleId: of.eligibilityId,
  };
}

/** A full path; where the service prints a bare id, or none and the approval has the request's name. */
function approvalPath({ approvalId, name }: RoleAssignmentScheduleRequest): string {
  if (approvalId?.includes('/')) return plainScope(approvalId);
  return `/providers/Microsoft.Authorization/roleAssignmentApprovals/${approvalId ?? name ?? ''}`;
}
