import { isLockedFor } from '#lib/emulator/arm/locks-over.ts';
import type { Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
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
  state.schedules.push({
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
  });
  request.startAt = startAt;
  request.status = startAt > now ? 'Granted' : 'Provisioned';
  request.completedAt = startAt;
  request.targetScheduleId = request.id;
}

/** How long the new assignment stays out of sight; a membership through PIM as long as a group's news takes. Milliseconds. */
function visibilityDelay({ consistency, provisioningDelayMs }: State, { plane }: ScheduleRequest): number {
  const activation = consistency?.activation ?? provisioningDelayMs;
  return plane === 'group' ? Math.max(activation, consistency?.group ?? 0) : activation;
}
