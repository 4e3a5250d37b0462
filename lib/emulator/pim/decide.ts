import type { Approval, ScheduleRequest } from '#lib/emulator/state.ts';
import type { Caller, World } from '#lib/emulator/wire.ts';
import { auditRequest } from './audit-pim.ts';
import { isStopped, verdictDetails, verdictOn } from './extension.ts';
import { isBlank } from './failed-rules.ts';
import { grant } from './grant.ts';
import { groupsOf } from './holdings.ts';
import { policyFor } from './policies.ts';
import { alreadyDecided, invalidRequest, notAllowed, notFound } from './refusals.ts';
import { usableEligibility } from './usable-eligibility.ts';

/** Whether the person is among the approvers, by name or by group; never for a request of their own. */
export function mayReview(world: World, principalId: string, request: ScheduleRequest): boolean {
  if (!request.approval || [request.requestorId, request.principalId].includes(principalId)) return false;
  const names = [principalId, ...groupsOf(world, principalId)];
  return request.approval.approverIds.some((approverId) => names.includes(approverId));
}

/**
 * An approver's decision; the first one counts. 404: no such approval or stage. 403: not an approver, or an app.
 * 409: already completed. 400: no justification. What is approved starts now, or at its start when that lies ahead.
 */
export function decide(
  world: World,
  caller: Caller,
  requestId: string,
  stageId: string,
  verdict: 'Approve' | 'Deny',
  justification: string,
): Approval {
  const request = world.state.requests.find(({ id }) => id === requestId.toLowerCase());
  const approval = request?.approval;
  if (!request || !approval || approval.stageId !== stageId.toLowerCase()) throw notFound();
  if (caller.kind !== 'user' || !mayReview(world, caller.objectId, request)) throw notAllowed(request.plane);
  if (request.status !== 'PendingApproval') throw alreadyDecided();
  if (isBlank(justification)) throw invalidRequest();
  const { plane, role, scope } = request;
  const policy = policyFor(world, plane, role, scope);
  const word = verdict === 'Approve' ? verdictOn(world, policy, 'PostApproval', request) : null;
  if (word) request.verdicts = [...(request.verdicts ?? []), word];
  approval.reviewResult = verdict;
  approval.reviewedBy = caller.objectId;
  approval.reviewedAt = world.now();
  approval.justification = justification;
  const moment = verdict === 'Approve' ? 'approved' : 'denied';
  auditRequest(world, caller, request, moment, { reason: justification });
  if (isStopped(world, request, word)) {
    const reason = word?.reasons.join(' ') ?? '';
    auditRequest(world, null, request, 'denied', { reason, details: verdictDetails(word) });
  } else if (verdict === 'Approve') fulfil(world, request);
  else close(world, request, 'Denied');
  world.changed();
  return approval;
}

/** Approval does not bring back what was lost meanwhile: no eligibility any more, or a window already over, fails. */
function fulfil(world: World, request: ScheduleRequest): void {
  const now = world.now();
  const { endAt } = request.expiration;
  const eligibility = usableEligibility(world, request, Math.max(now, request.startAt ?? now));
  if (!eligibility || (endAt !== null && endAt <= now)) {
    close(world, request, 'Failed');
    auditRequest(world, null, request, 'completed', {
      failure: eligibility ? 'ExpirationRule' : 'EligibilityRule',
    });
  } else
    grant(world, request, {
      kind: 'active',
      assignmentType: 'activated',
      eligibilityId: eligibility.id,
      condition: eligibility.condition,
      ...(eligibility.conditionVersion && { conditionVersion: eligibility.conditionVersion }),
    });
}

function close(world: World, request: ScheduleRequest, status: 'Denied' | 'Failed'): void {
  request.status = status;
  request.completedAt = world.now();
}
