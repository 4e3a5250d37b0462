import type { Schedule } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { hasEnded } from './end.ts';
import { isBlank } from './failed-rules.ts';
import type { Ask, Verb } from './file.ts';
import { assignmentMissing, requestPending, rulesFailed } from './refusals.ts';
import { schedulesOf } from './schedule-index.ts';
import { sameTarget } from './window.ts';

/** selfExtend of what ends, selfRenew of what has ended: an administrator decides, in a place no API reaches. */
export const askAdministrator: Verb = (world, _caller, ask) => {
  const running = assigned(world, ask);
  const wanted = ask.action === 'selfExtend' ? Boolean(running?.endAt) : !running && hadOne(world, ask);
  if (!wanted) throw assignmentMissing();
  const waiting = world.state.requests.some(
    (request) =>
      request.status === 'PendingAdminDecision' && request.side === ask.side && sameTarget(request, ask),
  );
  if (waiting) throw requestPending();
  if (isBlank(ask.justification)) throw rulesFailed(['JustificationRule']);
  return (request) => {
    request.status = 'PendingAdminDecision';
    request.targetScheduleId = running?.id ?? request.id;
  };
};

/** What an administrator gave and is still there; activations are not extended. */
export function assigned({ state }: World, ask: Ask): Schedule | undefined {
  const kind = ask.side === 'eligibility' ? 'eligible' : 'active';
  return schedulesOf(state, ask.principalId).find(
    (schedule) =>
      schedule.kind === kind &&
      schedule.assignmentType === 'assigned' &&
      !hasEnded(schedule) &&
      sameTarget(schedule, ask),
  );
}

/** Whether the person once had it from an administrator, until it ended. */
export function hadOne({ state }: World, ask: Ask): boolean {
  const kind = ask.side === 'eligibility' ? 'eligible' : 'active';
  const ended = state.graph.ended.some((one) => one.kind === kind && sameTarget(one, ask));
  return (
    ended ||
    state.requests.some(
      (request) =>
        request.side === ask.side &&
        request.action.startsWith('admin') &&
        request.action !== 'adminRemove' &&
        request.status === 'Provisioned' &&
        sameTarget(request, ask),
    )
  );
}
