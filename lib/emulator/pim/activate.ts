import { randomUUID } from 'node:crypto';
import { authorizationFailed } from '#lib/emulator/arm/refusals.ts';
import type { Policy, ScheduleRequest } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { failedRules } from './failed-rules.ts';
import type { Verb } from './file.ts';
import { grant } from './grant.ts';
import { entraRolesOf } from './holdings.ts';
import { knownRoles } from './known-roles.ts';
import { policyFor } from './policies.ts';
import { assignmentExists, invalidRequest, rulesFailed, stepUpNeeded } from './refusals.ts';
import { isTaken } from './taken.ts';
import { isBelowItsReach, usableEligibility } from './usable-eligibility.ts';
import { windowOf } from './window.ts';

const activateAction = 'Microsoft.Authorization/roleAssignmentScheduleRequests/write';

/** Self-activation: not twice, only what one is eligible for, within every rule of the role's settings, then approval where it is asked for. */
export const activate: Verb = (world, caller, ask) => {
  if (ask.side !== 'assignment') throw invalidRequest();
  const window = windowOf(ask, world.now());
  if (isTaken(world, ask, 'active', window)) throw assignmentExists();
  const eligibility = usableEligibility(world, ask, window.startAt);
  if (!eligibility) throw rulesFailed(['EligibilityRule']);
  if (isBelowItsReach(eligibility.scope, ask.scope))
    throw authorizationFailed(world, caller, activateAction, ask.scope);
  const policy = policyFor(world, ask.plane, ask.role, ask.scope);
  const failed = failedRules(policy, ask, window, caller.mfa);
  if (failed.length > 0) throw rulesFailed(failed);
  const { enabled, claimValue } = policy.authenticationContext;
  if (enabled && !caller.acrs.includes(claimValue)) throw stepUpNeeded(claimValue);
  return (request, verdict) => {
    request.linkedEligibilityId = eligibility.id;
    if (policy.approval.required && verdict?.outcome !== 'AutoApproved')
      awaitApproval(world, request, policy);
    else
      grant(world, request, {
        kind: 'active',
        assignmentType: 'activated',
        eligibilityId: eligibility.id,
        condition: eligibility.condition,
        ...(eligibility.conditionVersion && { conditionVersion: eligibility.conditionVersion }),
      });
  };
};

function awaitApproval(world: World, request: ScheduleRequest, policy: Policy): void {
  request.status = 'PendingApproval';
  request.targetScheduleId = request.id;
  request.approval = {
    id: request.id,
    // Graph's stage has the approval's id; ARM gives it one of its own.
    stageId: request.plane === 'azure' ? randomUUID() : request.id,
    approverIds: approversNow(world, policy),
    reviewResult: 'NotReviewed',
    reviewedBy: null,
    reviewedAt: null,
    justification: '',
  };
}

/** Where nobody is named, Entra falls back to its own administrators; Azure roles must name someone. */
function approversNow(world: World, { plane, approval }: Policy): string[] {
  if (approval.approvers.length > 0 || plane === 'azure') return approval.approvers.map(({ id }) => id);
  const defaults: string[] = [knownRoles.privilegedRoleAdministrator, knownRoles.globalAdministrator];
  return world.state.users
    .filter(({ id }) => entraRolesOf(world, id).some((role) => defaults.includes(role)))
    .map(({ id }) => id);
}
