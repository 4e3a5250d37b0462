import { AzureFault } from '#lib/azure/faults.ts';
import type { Activation } from '#lib/azure/ports.ts';
import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import { fakePlace } from './places.ts';
import { eligibilityOf, type FakeRequest, type FakeState, isRunning } from './state.ts';
import type { FakeRole } from './tenant.ts';
import type { FakeToken } from './token.ts';

/** Files a self-activation as PIM does: not twice, only what one is eligible for, within the policy. */
export function fileActivation(state: FakeState, who: FakeToken, asked: Activation): FakeRequest {
  const before = state.requests.find(({ id }) => id === asked.requestId);
  if (before) return before;
  if (asked.principalId !== who.principalId) throw refused('not_allowed', 'Authorization_RequestDenied');
  if (state.requests.some((request) => isInTheWay(state, request, asked))) {
    throw refused('already_exists', 'RoleAssignmentExists');
  }
  const role = roleFor(state, asked);
  if (!role || !eligibilityOf(state, role, asked.principalId))
    throw rulesFailed('not_eligible', ['EligibilityRule']);
  checkPolicy(asked, role.policy, who);
  const now = state.now();
  const startsAt = asked.startsAt && asked.startsAt > now ? asked.startsAt : now;
  const { requestId: id, principalId, justification, ticketNumber, ticketSystem, minutes } = asked;
  const request: FakeRequest = {
    ...{ id, principalId, justification, ticketNumber, ticketSystem, minutes, role, startsAt },
    status: 'pending_approval',
    endsAt: plusMinutes(startsAt, minutes),
    createdAt: now,
    visibleFrom: null,
    decision: null,
  };
  if (!role.policy.approval) grant(state, request);
  state.requests.push(request);
  return request;
}

/** The role asked for, or an Azure role at a place below its scope. */
function roleFor(state: FakeState, asked: Activation): FakeRole | undefined {
  const exact = state.roles.find((one) => roleKey(one) === roleKey(asked));
  const place = fakePlace(asked.scopeId);
  if (exact || !place) return exact;
  const wider = state.roles.find(
    ({ plane, roleId, scopeId }) =>
      plane === 'azure' && roleId === asked.roleId && asked.scopeId.startsWith(`${scopeId}/`),
  );
  return wider && { ...wider, scopeId: place.id, scopeName: place.name, scopeKind: place.kind };
}

/** Gives the access: now, or at its start when that lies ahead. */
export function grant(state: FakeState, request: FakeRequest): void {
  const now = state.now();
  const ahead = request.startsAt > now;
  request.status = ahead ? 'scheduled' : 'provisioned';
  request.startsAt = ahead ? request.startsAt : now;
  request.endsAt = plusMinutes(request.startsAt, request.minutes);
  request.visibleFrom = new Date(request.startsAt.getTime() + state.visibleAfter);
}

/**
 * Whether this request of the same person and role forbids another: what waits does; what has a window does, when
 * the two share a moment, or when no window is asked about.
 */
export function isInTheWay(
  state: FakeState,
  request: FakeRequest,
  asked: RoleAtScope & { principalId: string; startsAt?: Date | null; minutes?: number },
): boolean {
  if (request.principalId !== asked.principalId || roleKey(request.role) !== roleKey(asked)) return false;
  const now = state.now();
  if (request.status === 'pending_approval') return true;
  if (request.status !== 'scheduled' && !isRunning(request, now)) return false;
  if (asked.minutes === undefined) return true;
  const startsAt = asked.startsAt && asked.startsAt > now ? asked.startsAt : now;
  return startsAt < request.endsAt && request.startsAt < plusMinutes(startsAt, asked.minutes);
}

function checkPolicy(asked: Activation, policy: FakeRequest['role']['policy'], who: FakeToken): void {
  const checks: [string, boolean][] = [
    ['ExpirationRule', asked.minutes > policy.maximumMinutes || asked.minutes < floorMinutes],
    ['JustificationRule', policy.justification && !asked.justification.trim()],
    ['TicketingRule', policy.ticket && !asked.ticketNumber.trim()],
    ['MfaRule', policy.mfa && !who.mfa],
  ];
  const failed = checks.flatMap(([rule, broken]) => (broken ? [rule] : []));
  if (failed.length > 0) {
    throw rulesFailed(failed.every((rule) => rule === 'MfaRule') ? 'mfa_needed' : 'policy_refused', failed);
  }
  const context = policy.authenticationContext;
  if (!context || who.contexts.includes(context)) return;
  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
  throw new AzureFault('step_up_needed', {
    status: 400,
    code: 'RoleAssignmentRequestAcrsValidationFailed',
    message: `&claims=${encodeURIComponent(claims)}`,
    claims,
  });
}

function rulesFailed(kind: 'not_eligible' | 'mfa_needed' | 'policy_refused', rules: string[]): AzureFault {
  const message = `The following policy rules failed: ${JSON.stringify(rules)}`;
  return new AzureFault(kind, {
    status: 400,
    code: 'RoleAssignmentRequestPolicyValidationFailed',
    message,
    rules,
  });
}

function refused(kind: 'not_allowed' | 'already_exists', code: string): AzureFault {
  return new AzureFault(kind, { status: kind === 'not_allowed' ? 403 : 400, code, message: code });
}
