import type { World } from '#lib/emulator/wire.ts';
import { assigned } from './ask-administrator.ts';
import { hasEnded } from './end.ts';
import { isBlank, shortestActivation } from './failed-rules.ts';
import type { Ask, Verb } from './file.ts';
import { grant } from './grant.ts';
import { isRunning } from './holdings.ts';
import { disturb } from './quiet.ts';
import { assignmentExists, assignmentMissing, invalidRequest, rulesFailed, tooShort } from './refusals.ts';
import { revoke } from './revoke.ts';
import { schedulesOf } from './schedule-index.ts';
import { isTaken } from './taken.ts';
import { sameTarget, windowOf } from './window.ts';

/** adminAssign: a new eligible or active assignment. */
export const assign: Verb = (world, _caller, ask) => {
  const window = windowOf(ask, world.now());
  refuseImpossible(world, ask);
  const kind = ask.side === 'eligibility' ? 'eligible' : 'active';
  if (isTaken(world, ask, kind, window)) throw assignmentExists();
  return (request) =>
    grant(world, request, { kind, assignmentType: 'assigned', eligibilityId: null, condition: null });
};

/** adminUpdate and adminExtend: another window for an assignment that is there. */
export const change: Verb = (world, _caller, ask) => {
  refuseImpossible(world, ask);
  const schedule = assigned(world, ask);
  if (!schedule) throw assignmentMissing();
  const window = windowOf({ ...ask, startAt: ask.startAt ?? schedule.startAt }, schedule.startAt);
  if (window.endAt !== null && window.endAt <= world.now()) throw invalidRequest();
  return (request) => {
    schedule.endAt = window.endAt;
    disturb(world.state);
    if (ask.action === 'adminUpdate') schedule.startAt = window.startAt;
    request.status = 'Provisioned';
    request.completedAt = world.now();
    request.targetScheduleId = schedule.id;
  };
};

/** adminRenew: for what has ended, as a new assignment; for what still runs, as an extension. */
export const renew: Verb = (world, caller, ask) =>
  assigned(world, ask) ? change(world, caller, ask) : assign(world, caller, ask);

/** adminRemove: ends an assignment, or an activation once it is five minutes old. */
export const remove: Verb = (world, _caller, ask) => {
  const kind = ask.side === 'eligibility' ? 'eligible' : 'active';
  const now = world.now();
  const schedule = schedulesOf(world.state, ask.principalId).find(
    (one) =>
      one.kind === kind &&
      sameTarget(one, ask) &&
      !hasEnded(one) &&
      (isRunning(one, now) || one.startAt > now),
  );
  if (!schedule) throw assignmentMissing();
  const age = now - schedule.startAt;
  if (schedule.assignmentType === 'activated' && age >= 0 && age < shortestActivation) throw tooShort();
  return (request) => revoke(world, request, schedule);
};

/** Who cannot be given it, what must be said, and that a window has to be named. */
function refuseImpossible({ state }: World, ask: Ask): void {
  if (ask.expiration.type === 'notSpecified') throw invalidRequest();
  const isWorkload = state.servicePrincipals.some(({ id }) => id === ask.principalId);
  if (isWorkload && ask.side === 'eligibility') throw invalidRequest();
  const group = state.groups.find(({ id }) => id === ask.principalId);
  if (ask.plane === 'entra' && group && !group.isAssignableToRole) throw invalidRequest();
  if (ask.plane === 'group' && ask.scope === ask.principalId) throw invalidRequest();
  if (ask.side === 'assignment' && isBlank(ask.justification)) throw rulesFailed(['JustificationRule']);
}
