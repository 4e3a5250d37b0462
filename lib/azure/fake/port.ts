import { AzureFault, type FaultKind } from '#lib/azure/faults.ts';
import type { AwaitingDecision, FiledRequest, PersonPort } from '#lib/azure/ports.ts';
import { type ActiveAssignment, roleKey } from '#lib/domain/assignment.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import { fileActivation, grant, isInTheWay } from './activate.ts';
import { eligibilityOf, type FakeRequest, type FakeState, isVisible, settle } from './state.ts';
import { groupNames, people } from './tenant.ts';
import { type FakeToken, readFakeToken } from './token.ts';

/** One plane of the fake. */
export function fakePort(state: FakeState, plane: Plane): PersonPort {
  function enter(token: string): FakeToken {
    settle(state);
    return readFakeToken(token);
  }
  const find = (id: string) =>
    state.requests.find((request) => request.id === id && request.role.plane === plane);
  const decidable = (id: string, who: FakeToken): FakeRequest => {
    const request = find(id) ?? refuse('not_found', 404);
    return mayDecide(request, who) ? request : refuse('not_allowed', 403);
  };

  return {
    async eligible(token) {
      const { principalId } = enter(token);
      return state.roles
        .filter((role) => role.plane === plane)
        .flatMap((role) => {
          const own = eligibilityOf(state, role, principalId);
          if (!own) return [];
          const throughGroupName = own.throughGroup && (groupNames.get(own.throughGroup) ?? null);
          return [
            {
              ...namesOf(role),
              eligibilityId: own.eligibilityId,
              throughGroupId: own.throughGroup,
              throughGroupName,
              endsAt: null,
            },
          ];
        });
    },
    async active(token) {
      const { principalId } = enter(token);
      return activeOf(state, principalId).filter((row) => row.plane === plane);
    },
    async activate(token, activation) {
      return filedOf(fileActivation(state, enter(token), activation));
    },
    async filed(token, { requestId, azureId }) {
      const { principalId } = enter(token);
      const request = find(azureId ?? requestId);
      return request?.principalId === principalId ? filedOf(request) : null;
    },
    async isTaken(token, { requestId, role }) {
      const { principalId } = enter(token);
      const others = state.requests.filter(({ id }) => id !== requestId);
      return others.some((other) => isInTheWay(state, other, { ...role, principalId }));
    },
    async deactivate(token, of) {
      const { principalId } = enter(token);
      const now = state.now();
      const active = state.requests.find(
        (request) =>
          request.principalId === principalId &&
          roleKey(request.role) === roleKey(of) &&
          isVisible(request, now),
      );
      if (!active) return;
      if (now < plusMinutes(active.startsAt, floorMinutes))
        refuse('too_short', 400, 'ActiveDurationTooShort');
      active.endsAt = now;
      active.status = 'revoked';
    },
    async cancel(token, { azureId }) {
      const { principalId } = enter(token);
      const request = find(azureId) ?? refuse('not_found', 404);
      if (request.principalId !== principalId) refuse('not_allowed', 403);
      if (!['pending_approval', 'scheduled'].includes(request.status)) refuse('not_cancellable', 400);
      request.status = 'cancelled';
    },
    async awaitingMe(token) {
      const who = enter(token);
      return state.requests
        .filter((request) => request.role.plane === plane && request.status === 'pending_approval')
        .filter((request) => mayDecide(request, who))
        .map(awaitingOf);
    },
    async decide(token, { approvalId, decision, justification }) {
      const who = enter(token);
      const request = decidable(approvalId, who);
      if (request.status !== 'pending_approval') refuse('already_decided', 409);
      const approve = decision === 'approve';
      request.decision = { approve, byId: who.principalId, at: state.now(), justification };
      if (approve) grant(state, request);
      else request.status = 'denied';
    },
    async works(token, { role }) {
      const { principalId } = enter(token);
      const now = state.now();
      const counts = (request: FakeRequest) =>
        isVisible(request, new Date(now.getTime() - state.worksAfter)) && isVisible(request, now);
      const own = state.requests.filter((request) => request.principalId === principalId && counts(request));
      return own.some((request) => roleKey(request.role) === roleKey(role)) ? 'yes' : 'not_yet';
    },
    async approval(token, approvalId) {
      const who = enter(token);
      const request = find(approvalId) ?? refuse('not_found', 404);
      if (request.principalId !== who.principalId) decidable(approvalId, who);
      const { decision, status } = request;
      const undecided = status === 'pending_approval' ? 'open' : 'lapsed';
      return {
        outcome: decision ? (decision.approve ? 'approved' : 'denied') : undecided,
        decidedById: decision?.byId ?? null,
        decidedByName: decision ? nameOf(decision.byId) : null,
        decidedAt: decision?.at ?? null,
        justification: decision?.justification ?? '',
      };
    },
  };
}

/** Every activation of the principal that reads show now, on all planes. */
export function activeOf(state: FakeState, principalId: string): ActiveAssignment[] {
  const now = state.now();
  return state.requests
    .filter((request) => request.principalId === principalId && isVisible(request, now))
    .map(({ role, startsAt, endsAt }) => ({ ...namesOf(role), kind: 'activated', startsAt, endsAt }));
}

function namesOf({ plane, roleId, scopeId, roleName, scopeName, scopeKind }: FakeRequest['role']) {
  return { plane, roleId, scopeId, roleName, scopeName, scopeKind };
}

function mayDecide(request: FakeRequest, who: FakeToken): boolean {
  const { approvers } = request.role.policy;
  return request.principalId !== who.principalId && approvers.some(({ id }) => id === who.principalId);
}

function filedOf({ id, role, status, startsAt, endsAt }: FakeRequest): FiledRequest {
  return {
    azureId: id,
    approvalId: role.policy.approval ? id : null,
    status,
    azureStatus: status,
    startsAt,
    endsAt,
  };
}

function awaitingOf(request: FakeRequest): AwaitingDecision {
  const { id, role, principalId, justification, ticketNumber, ticketSystem, startsAt, minutes, createdAt } =
    request;
  return {
    ...namesOf(role),
    ...{ azureId: id, approvalId: id, mark: id, principalId, principalName: nameOf(principalId) },
    ...{ justification, ticketNumber, ticketSystem, startsAt, minutes, createdAt },
  };
}

function nameOf(id: string): string | null {
  return Object.values(people).find((person) => person.id === id)?.name ?? null;
}

function refuse(kind: FaultKind, status: number, code = 'Refused'): never {
  throw new AzureFault(kind, { status, code, message: code });
}
