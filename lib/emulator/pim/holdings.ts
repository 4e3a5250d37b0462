import { findById } from '#lib/emulator/by-id.ts';
import type { Schedule } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';
import { groupsWithMember } from './member-index.ts';
import { schedulesOf } from './schedule-index.ts';

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

/** What of it counts where access is checked: an activation does so some time after PIM lists it. */
export function effectiveFor(world: World, principalId: string): Held[] {
  return activeFor(world, principalId).filter(({ schedule }) => counts(world, schedule));
}

function counts(world: World, schedule: Schedule): boolean {
  const lag = schedule.assignmentType === 'activated' ? (world.state.consistency?.access ?? 0) : 0;
  return Math.max(schedule.startAt, schedule.visibleFrom) + lag <= world.now();
}

/** Entra roles in force for the whole directory; a role held for one administrative unit does not count. */
export function entraRolesOf(world: World, principalId: string): string[] {
  const roles = effectiveFor(world, principalId)
    .filter(({ schedule }) => schedule.plane === 'entra' && schedule.scope === '/')
    .map(({ schedule }) => schedule.role);
  return [...new Set(roles)];
}

/** Whether the principal owns the group now, by permanent ownership or through PIM. */
export function ownsGroup(world: World, principalId: string, groupId: string): boolean {
  const group = findById(world.state.groups, groupId);
  if (group?.ownerIds.includes(principalId)) return true;
  return activeFor(world, principalId).some(
    ({ schedule }) => schedule.plane === 'group' && schedule.scope === groupId && schedule.role === 'owner',
  );
}

function heldBy(world: World, principalId: string, kind: Schedule['kind']): Held[] {
  const now = world.now();
  const isWanted = (schedule: Schedule) => schedule.kind === kind && isRunning(schedule, now);
  const own = schedulesOf(world.state, principalId).filter(isWanted);
  const through = groupsOf(world, principalId).flatMap((groupId) =>
    schedulesOf(world.state, groupId)
      .filter(isWanted)
      .map((schedule): Held => ({ schedule, memberType: 'group', viaGroupId: groupId })),
  );
  return [...own.map((schedule): Held => ({ schedule, memberType: 'direct', viaGroupId: null })), ...through];
}

function directGroups(world: World, memberId: string): string[] {
  const { state } = world;
  const now = world.now();
  const throughPim = schedulesOf(state, memberId).filter(
    (schedule) =>
      schedule.plane === 'group' &&
      schedule.kind === 'active' &&
      schedule.role === 'member' &&
      isRunning(schedule, now) &&
      counts(world, schedule),
  );
  return [...groupsWithMember(state, memberId), ...throughPim.map(({ scope }) => scope)];
}
