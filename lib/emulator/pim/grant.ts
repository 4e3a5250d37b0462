import type { Schedule, ScheduleRequest } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { auditMembership } from './audit-directory.ts';
import { auditRequest } from './audit-pim.ts';
import { windowOf } from './window.ts';

/** Where an assignment comes from: by hand, or activated from an eligibility. */
export type Origin = Pick<Schedule, 'kind' | 'assignmentType' | 'eligibilityId' | 'condition'>;

/**
 * Makes the schedule a request asked for and settles the request: Provisioned, or Granted while its start lies ahead.
 * A start in the past becomes this moment. Reads see the schedule after the tenant's provisioning delay.
 */
export function grant(world: World, request: ScheduleRequest, origin: Origin): void {
  const { state } = world;
  const now = world.now();
  const { startAt, endAt } = windowOf(request, now);
  const schedule: Schedule = {
    ...origin,
    id: request.id,
    plane: request.plane,
    principalId: request.principalId,
    role: request.role,
    scope: request.scope,
    startAt,
    endAt,
    requestId: request.id,
    visibleFrom: now + state.provisioningDelayMs,
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
  if (schedule.kind === 'active') auditMembership(world, 'Add', schedule, at);
}
