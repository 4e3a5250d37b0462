import type { Schedule, ScheduleRequest, State } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { auditMembership } from './audit-directory.ts';
import { auditRequest } from './audit-pim.ts';

/** Ends a schedule now, with what was activated from it, and closes the request that asked for it. */
export function revoke(world: World, request: ScheduleRequest, schedule: Schedule): void {
  const { state } = world;
  state.schedules = state.schedules.filter(({ id }) => id !== schedule.id);
  endOrphans(state);
  request.status = 'Revoked';
  request.completedAt = world.now();
  request.targetScheduleId = schedule.id;
  auditRequest(world, null, request, 'completed');
  if (schedule.kind === 'active') auditMembership(world, 'Remove', schedule);
}

/** An activation does not outlive the eligibility it came from. True when one ended. */
export function endOrphans(state: State): boolean {
  const before = state.schedules.length;
  const eligible = new Set(state.schedules.filter(({ kind }) => kind === 'eligible').map(({ id }) => id));
  state.schedules = state.schedules.filter(
    ({ assignmentType, eligibilityId }) =>
      assignmentType !== 'activated' || eligibilityId === null || eligible.has(eligibilityId),
  );
  return state.schedules.length < before;
}
