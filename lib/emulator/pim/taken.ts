import type { Schedule } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import type { Ask } from './file.ts';
import { schedulesOf } from './schedule-index.ts';
import { overlap, sameTarget, type Window } from './window.ts';

/**
 * Whether the same assignment already exists in any part of the window, as a schedule of now or later, as a permanent
 * membership of a group, or as an activation that waits for its approver.
 */
export function isTaken({ state }: World, ask: Ask, kind: Schedule['kind'], window: Window): boolean {
  const scheduled = schedulesOf(state, ask.principalId).some(
    (schedule) =>
      schedule.kind === kind &&
      sameTarget(schedule, ask) &&
      overlap({ ...schedule, endAt: schedule.lingersUntil ?? schedule.endAt }, window),
  );
  if (scheduled || kind === 'eligible') return scheduled;
  const waiting = state.requests.some(
    (request) => request.status === 'PendingApproval' && sameTarget(request, ask),
  );
  return waiting || isPermanentMember(state.groups, ask);
}

function isPermanentMember(
  groups: World['state']['groups'],
  { plane, role, scope, principalId }: Ask,
): boolean {
  if (plane !== 'group') return false;
  const group = groups.find(({ id }) => id === scope);
  return Boolean((role === 'owner' ? group?.ownerIds : group?.memberIds)?.includes(principalId));
}
