import { hasEnded } from './end.ts';
import { shortestActivation } from './failed-rules.ts';
import type { Verb } from './file.ts';
import { isRunning } from './holdings.ts';
import { assignmentMissing, invalidRequest, tooShort } from './refusals.ts';
import { revoke } from './revoke.ts';
import { schedulesOf } from './schedule-index.ts';
import { sameTarget } from './window.ts';

/** Ends one's own activation at once; not before PIM sees it, and not in its first five minutes. */
export const deactivate: Verb = (world, _caller, ask) => {
  if (ask.side !== 'assignment') throw invalidRequest();
  const now = world.now();
  const active = schedulesOf(world.state, ask.principalId).find(
    (schedule) =>
      schedule.assignmentType === 'activated' &&
      schedule.kind === 'active' &&
      sameTarget(schedule, ask) &&
      !hasEnded(schedule) &&
      isRunning(schedule, now),
  );
  if (!active) throw assignmentMissing();
  if (now - active.startAt < shortestActivation) throw tooShort();
  return (request) => revoke(world, request, active);
};
