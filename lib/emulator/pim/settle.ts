import type { ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { endSchedules, forgetEnded } from './end.ts';
import { isQuiet, noteQuiet } from './quiet.ts';
import { endOrphans } from './revoke.ts';

/** How long an activation waits for its approver; nobody can change it. Milliseconds. */
const approvalWait = 24 * 3_600_000;

/** Lets time do what it does to PIM: approvals run out, scheduled starts come, windows end. Safe to call before every answer. */
export function settle(world: World): void {
  const now = world.now();
  // Starts before ends: a clock that leaps over a whole window still leaves it Provisioned, as Azure would.
  const ofRequests = [timeOutApprovals, startScheduled];
  const ofSchedules = isQuiet(world.state, now) ? [] : [endExpired, endOrphans, forgetEnded];
  const moved = [...ofRequests, ...ofSchedules].map((step) => step(world.state, now));
  if (ofSchedules.length > 0) noteQuiet(world.state);
  if (moved.includes(true)) world.changed();
}

function timeOutApprovals(state: State, now: number): boolean {
  const late = inStatus(state, 'PendingApproval').filter(({ createdAt }) => createdAt + approvalWait <= now);
  for (const request of late) {
    request.status = 'TimedOut';
    request.completedAt = request.createdAt + approvalWait;
  }
  return late.length > 0;
}

/** Most requests are long done: looked at before every answer, so by the plainest loop. */
function inStatus({ requests }: State, status: string): ScheduleRequest[] {
  const found: ScheduleRequest[] = [];
  for (const request of requests) if (request.status === status) found.push(request);
  return found;
}

function startScheduled(state: State, now: number): boolean {
  const due = inStatus(state, 'Granted').filter(({ startAt }) => startAt !== null && startAt <= now);
  for (const request of due) {
    const kept = state.schedules.some(({ id }) => id === request.targetScheduleId);
    request.status = kept ? 'Provisioned' : 'Revoked';
  }
  return due.length > 0;
}

function endExpired(state: State, now: number): boolean {
  return endSchedules(
    state,
    ({ endAt }) => endAt !== null && endAt <= now,
    ({ endAt }) => endAt ?? now,
    now,
  );
}
