import type { Schedule } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';

/** One schedule as it reaches a principal: `principalId` of the schedule is the group's when it comes through one. */
export interface Held {
  schedule: Schedule;
  memberType: 'direct' | 'group' | 'inherited';
  viaGroupId: string | null;
}

/** Whether reads and access checks see the schedule at this moment (milliseconds). */
export function isRunning(schedule: Schedule, now: number): boolean {
  const started = schedule.startAt <= now && schedule.visibleFrom <= now;
  if (schedule.lingersUntil !== undefined) return started && schedule.lingersUntil > now;
  return started && (schedule.endAt === null || schedule.endAt > now);
}

/** Groups the principal belongs to, at any depth, with the memberships that are activated now. */
export function groupsOf(world: World, principalId: string): string[] {
  const found = new Set<string>();
  const queue = [principalId];
  for (const memberId of queue) {
    for (const groupId of directGroups(world, memberId)) {
      if (found.has(groupId)) continue;
      found.add(groupId);
      queue.push(groupId);
    }
  }
  return [...found];
}

/** Everything the principal may activate now, on every plane, also through groups. */
export function eligibleFor(world: World, principalId: string): Held[] {
  return heldBy(world, principalId, 'eligible');
}

/** Everything in force for the principal now, on every plane, also through groups. */
export function activeFor(world: World, principalId: string): Held[] {
  return heldBy(world, principalId, 'active');
}

/** Entra roles in force for the whole directory; a role held for one administrative unit does not count. */
export function entraRolesOf(world: World, principalId: string): string[] {
  const roles = activeFor(world, principalId)
    .filter(({ schedule }) => schedule.plane === 'entra' && schedule.scope === '/')
    .map(({ schedule }) => schedule.role);
  return [...new Set(roles)];
}

/** Whether the principal owns the group now, by permanent ownership or through PIM. */
export function ownsGroup(world: World, principalId: string, groupId: string): boolean {
  const group = world.state.groups.find(({ id }) => id === groupId);
  if (group?.ownerIds.includes(principalId)) return true;
  return activeFor(world, principalId).some(
    ({ schedule }) => schedule.plane === 'group' && schedule.scope === groupId && schedule.role === 'owner',
  );
}

function heldBy(world: World, principalId: string, kind: Schedule['kind']): Held[] {
  const now = world.now();
  const groups = new Set(groupsOf(world, principalId));
  return world.state.schedules
    .filter((schedule) => schedule.kind === kind && isRunning(schedule, now))
    .flatMap((schedule): Held[] => {
      if (schedule.principalId === principalId) return [{ schedule, memberType: 'direct', viaGroupId: null }];
      if (!groups.has(schedule.principalId)) return [];
      return [{ schedule, memberType: 'group', viaGroupId: schedule.principalId }];
    });
}

function directGroups(world: World, memberId: string): string[] {
  const { state } = world;
  const now = world.now();
  const permanent = state.groups.filter(({ memberIds }) => memberIds.includes(memberId)).map(({ id }) => id);
  const throughPim = state.schedules.filter(
    (schedule) =>
      schedule.plane === 'group' &&
      schedule.kind === 'active' &&
      schedule.role === 'member' &&
      schedule.principalId === memberId &&
      isRunning(schedule, now),
  );
  return [...permanent, ...throughPim.map(({ scope }) => scope)];
}
