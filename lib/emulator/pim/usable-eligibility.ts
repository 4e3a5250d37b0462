import { covers } from '#lib/emulator/arm/scopes.ts';
import type { Schedule, ScheduleRequest } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { hasEnded } from './end.ts';
import { eligibleFor } from './holdings.ts';

type Wish = Pick<ScheduleRequest, 'plane' | 'principalId' | 'role' | 'scope'> & {
  linkedEligibilityId?: string | null;
};

/**
 * The eligibility an activation starting at `startAt` may draw on: the named one if one is named, a direct one before one
 * through a group, the nearest scope first. Azure roles may be activated below the scope of the eligibility, the others only at it.
 */
export function usableEligibility(world: World, wish: Wish, startAt: number): Schedule | null {
  const linked = wish.linkedEligibilityId?.split('/').at(-1)?.toLowerCase();
  const reaches = (scope: string) =>
    wish.plane === 'azure' ? covers(world.state, scope, wish.scope) : scope === wish.scope;
  const usable = eligibleFor(world, wish.principalId).filter(
    ({ schedule }) =>
      !hasEnded(schedule) &&
      schedule.plane === wish.plane &&
      schedule.role === wish.role &&
      reaches(schedule.scope) &&
      (schedule.endAt === null || schedule.endAt > startAt) &&
      (!linked || schedule.id === linked),
  );
  usable.sort(
    (one, other) =>
      Number(one.viaGroupId !== null) - Number(other.viaGroupId !== null) ||
      Number(other.schedule.scope === wish.scope) - Number(one.schedule.scope === wish.scope),
  );
  const reaching = usable.find(({ schedule }) => !isBelowItsReach(schedule.scope, wish.scope));
  return (reaching ?? usable[0])?.schedule ?? null;
}

/** What is held at a management group was seen to be refused inside a subscription, and taken at the subscription itself (contract 5.2). */
export function isBelowItsReach(eligibleScope: string, scope: string): boolean {
  return (
    eligibleScope.startsWith('/providers/Microsoft.Management/managementGroups/') &&
    /^\/subscriptions\/[^/]+\/./.test(scope)
  );
}
