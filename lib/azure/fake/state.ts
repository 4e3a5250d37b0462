import type { FiledStatus } from '#lib/azure/ports.ts';
import { approvalHours, hour } from '#lib/domain/time.ts';
import type { FakeRole } from './tenant.ts';

/** A self-activation as the fake keeps it. */
export interface FakeRequest {
  id: string;
  role: FakeRole;
  principalId: string;
  status: FiledStatus;
  justification: string;
  ticketNumber: string;
  ticketSystem: string;
  startsAt: Date;
  minutes: number;
  endsAt: Date;
  createdAt: Date;
  /** Granted: when reads begin to show it. */
  visibleFrom: Date | null;
  decision: { approve: boolean; byId: string; at: Date; justification: string } | null;
}

export interface FakeState {
  now: () => Date;
  roles: FakeRole[];
  requests: FakeRequest[];
  /** How long a granted activation stays out of sight. Milliseconds. */
  visibleAfter: number;
  /** How long what reads show does not work yet. Milliseconds. */
  worksAfter: number;
  /** Places that do not answer a reading of the whole tenant, by name. */
  silent: Set<string>;
}

/** What time does: approvals run out, scheduled starts come. Ends need nothing: reads look at the clock. */
export function settle(state: FakeState): void {
  const now = state.now().getTime();
  for (const request of state.requests) {
    const waited = now - request.createdAt.getTime();
    if (request.status === 'pending_approval' && waited >= approvalHours * hour) request.status = 'timed_out';
    if (request.status === 'scheduled' && request.startsAt.getTime() <= now) request.status = 'provisioned';
  }
}

/** In force, seen or not yet seen. */
export function isRunning(request: FakeRequest, now: Date): boolean {
  return request.status === 'provisioned' && request.startsAt <= now && now < request.endsAt;
}

/** In force, and reads show it. */
export function isVisible(request: FakeRequest, now: Date): boolean {
  return isRunning(request, now) && request.visibleFrom !== null && request.visibleFrom <= now;
}

/** What makes a principal eligible for a role now: their own line, or that of a group they are seen to be in. */
export function eligibilityOf(state: FakeState, role: FakeRole, principalId: string) {
  const own = role.eligible.find((line) => line.principalId === principalId);
  if (own || !role.givenBy) return own;
  const { groupId, eligibilityId } = role.givenBy;
  const isIn = state.requests.some(
    (one) => one.principalId === principalId && one.role.scopeId === groupId && isVisible(one, state.now()),
  );
  return isIn ? { principalId, eligibilityId, throughGroup: groupId } : undefined;
}
