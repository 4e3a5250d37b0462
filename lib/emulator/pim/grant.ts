import { isLockedFor } from '#lib/emulator/arm/locks-over.ts';
import type { Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { auditMembership } from './audit-directory.ts';
import { auditRequest } from './audit-pim.ts';
import { windowOf } from './window.ts';

/** Where an assignment comes from: by hand, or activated from an eligibility. */
export type Origin = Pick<
  Schedule,
  'kind' | 'assignmentType' | 'eligibilityId' | 'condition' | 'conditionVersion'
>;

/**
 * Makes the schedule a request asked for and settles the request: Provisioned, or Granted while its start lies ahead.
 * A start in the past becomes this moment. Under a ReadOnly lock an Azure role fails with FailedAsResourceIsLocked. Reads see the schedule after the delay of its kind.
 */
export function grant(world: World, request: ScheduleRequest, origin: Origin): void {
  const { state } = world;
  const now = world.now();
  const { startAt, endAt } = windowOf(request, now);
  if (request.plane === 'azure' && origin.kind === 'active' && isLockedFor('assign', state, request.scope)) {
    request.status = 'FailedAsResourceIsLocked';
    request.completedAt = now;
    return;
  }
  const version = request.conditionVersion ?? origin.conditionVersion;
  const schedule: Schedule = {
    ...origin,
    condition: request.condition ?? origin.condition,
    ...(version === undefined ? {} : { conditionVersion: version }),
    id: request.id,
    plane: request.plane,
    principalId: request.principalId,
    role: request.role,
    scope: request.scope,
    startAt,
    endAt,
    requestId: request.id,
    visibleFrom: now + visibilityDelay(state, request),
    createdAt: now,
  };
  state.schedules.push(schedule);
  request.startAt = startAt;
  request.status = startAt > now ? 'Granted' : 'Provisioned';
  request.completedAt = startAt;
  request.targetScheduleId = request.id;
  if (request.status === 'Provisioned') auditStart(world, request, schedule);
}

/** What PIM and the directory write when an assignment takes effect. */
export function auditStart(world: World, request: ScheduleRequest, schedule: Schedule): void {
  const at = schedule.startAt;
  auditRequest(world, null, request, 'completed', { at });
  if (schedule.kind === 'active') auditMembership(world, 'Add', schedule, { at });
}

/** How long the new assignment stays out of sight; a membership through PIM as long as a group's news takes. Milliseconds. */
function visibilityDelay({ consistency, provisioningDelayMs }: State, { plane }: ScheduleRequest): number {
  const activation = consistency?.activation ?? provisioningDelayMs;
  return plane === 'group' ? Math.max(activation, consistency?.group ?? 0) : activation;
}
