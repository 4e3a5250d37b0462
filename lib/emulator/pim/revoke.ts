import { isLockedFor } from '#lib/emulator/arm/locks-over.ts';
import type { Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { auditMembership } from './audit-directory.ts';
import { auditRequest } from './audit-pim.ts';
import { endSchedules, hasEnded } from './end.ts';

/**
 * Ends a schedule now, with what was activated from it, and closes the request that asked for it. A lock on the scope keeps
 * an active Azure role: the request ends as FailedAsResourceIsLocked.
 */
export function revoke(world: World, request: ScheduleRequest, schedule: Schedule): void {
  const { state } = world;
  const now = world.now();
  request.completedAt = now;
  request.targetScheduleId = schedule.id;
  const isAssignment = schedule.plane === 'azure' && schedule.kind === 'active';
  if (isAssignment && isLockedFor('remove', state, schedule.scope)) {
    request.status = 'FailedAsResourceIsLocked';
    return;
  }
  endSchedules(
    state,
    ({ id }) => id === schedule.id,
    () => now,
    now,
  );
  endOrphans(state, now);
  request.status = 'Revoked';
  auditRequest(world, null, request, 'completed');
  if (schedule.kind === 'active') auditMembership(world, 'Remove', schedule);
}

/** An activation does not outlive the eligibility it came from. True when one ended. */
export function endOrphans(state: State, now: number): boolean {
  const activated = state.schedules.filter(({ assignmentType }) => assignmentType === 'activated');
  if (activated.length === 0) return false;
  const sources = new Set(activated.map(({ eligibilityId }) => eligibilityId));
  const eligible = new Set(
    state.schedules
      .filter((one) => one.kind === 'eligible' && sources.has(one.id) && !hasEnded(one))
      .map(({ id }) => id),
  );
  const isOrphan = ({ assignmentType, eligibilityId }: Schedule) =>
    assignmentType === 'activated' && eligibilityId !== null && !eligible.has(eligibilityId);
  return endSchedules(state, isOrphan, () => now, now);
}
