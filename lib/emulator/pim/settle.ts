import type { Schedule } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { auditMembership } from './audit-directory.ts';
import { auditExpiry, auditOutside, auditRequest } from './audit-pim.ts';
import { endSchedules, forgetEnded } from './end.ts';
import { auditStart } from './grant.ts';
import { openRequests } from './open-requests.ts';
import { isQuiet, noteQuiet } from './quiet.ts';
import { endOrphans } from './revoke.ts';

/** How long an activation waits for its approver; nobody can change it. Milliseconds. */
const approvalWait = 24 * 3_600_000;
const outsideEvery = 2 * 3_600_000;
/** A large tenant would drown in complaints. */
const mostOutside = 100;
/** How long what has ended may be renewed. */
const renewable = 30 * 24 * 3_600_000;

/** Lets time do what it does to PIM: approvals run out, scheduled starts come, windows end. Safe to call before every answer. */
export function settle(world: World): void {
  const now = world.now();
  // Starts before ends: a clock that leaps over a whole window still leaves it Provisioned, as Azure would.
  const orphans = ({ state }: World) => endOrphans(state, now);
  const ofSchedules = isQuiet(world.state, now) ? [] : [endExpired, orphans, forget];
  const steps = [timeOutApprovals, startScheduled, ...ofSchedules, reportOutside];
  const moved = steps.map((step) => step(world, now));
  if (ofSchedules.length > 0) noteQuiet(world.state);
  if (moved.includes(true)) world.changed();
}

function forget({ state }: World, now: number): boolean {
  return forgetEnded(state, now);
}

function timeOutApprovals(world: World, now: number): boolean {
  const { state } = world;
  const late = openRequests(state, 'PendingApproval').filter(
    ({ createdAt }) => createdAt + approvalWait <= now,
  );
  for (const request of late) {
    request.status = 'TimedOut';
    request.completedAt = request.createdAt + approvalWait;
    auditRequest(world, null, request, 'canceled', { reason: 'TimedOut', at: request.completedAt });
  }
  return late.length > 0;
}

function startScheduled(world: World, now: number): boolean {
  const { state } = world;
  const { schedules } = state;
  const due = openRequests(state, 'Granted').filter(({ startAt }) => startAt !== null && startAt <= now);
  for (const request of due) {
    const kept = schedules.find(({ id }) => id === request.targetScheduleId);
    request.status = kept ? 'Provisioned' : 'Revoked';
    if (kept) auditStart(world, request, kept);
  }
  return due.length > 0;
}

function endExpired(world: World, now: number): boolean {
  const { state } = world;
  const isOver = ({ endAt, lingersUntil }: Schedule) =>
    endAt !== null && endAt <= now && lingersUntil === undefined;
  const over = state.schedules.filter(isOver);
  if (over.length === 0) return false;
  endSchedules(state, isOver, ({ endAt }) => endAt ?? now, now);
  state.graph.ended = state.graph.ended.filter(({ endedAt }) => endedAt > now - renewable);
  for (const schedule of over) {
    const { plane, kind, principalId, role, scope, assignmentType } = schedule;
    const at = schedule.endAt ?? now;
    if (kind === 'active') auditMembership(world, 'Remove', schedule, { at });
    auditExpiry(world, schedule, at);
    if (assignmentType === 'assigned') {
      state.graph.ended.push({ plane, kind, principalId, role, scope, endedAt: at });
    }
  }
  return true;
}

/**
 * PIM complains every two hours, with fresh ids, of Entra roles that are held for good and were not given through it.
 * A clock that leaps makes one complaint, not one for each two hours it leapt over.
 */
function reportOutside(world: World, now: number): boolean {
  const { graph, schedules } = world.state;
  if (graph.outsideReportedAt !== null && now - graph.outsideReportedAt < outsideEvery) return false;
  graph.outsideReportedAt = now;
  const outside = schedules.filter(
    ({ plane, kind, assignmentType, endAt, requestId }) =>
      plane === 'entra' &&
      kind === 'active' &&
      assignmentType === 'assigned' &&
      endAt === null &&
      requestId === null,
  );
  for (const schedule of outside.slice(0, mostOutside)) auditOutside(world, schedule);
  return outside.length > 0;
}
