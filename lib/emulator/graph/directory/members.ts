import { findById } from '#lib/emulator/by-id.ts';
import { isRunning } from '#lib/emulator/pim/holdings.ts';
import { schedulesOfGroup } from '#lib/emulator/pim/schedule-index.ts';
import type { Group } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';

/** Ids of a group's members or owners now: the permanent ones and those who hold it through PIM. */
export function insideOf(world: World, group: Group, role: 'member' | 'owner'): string[] {
  const now = world.now();
  const permanent = role === 'member' ? group.memberIds : group.ownerIds;
  const throughPim = schedulesOfGroup(world.state, group.id)
    .filter((schedule) => schedule.kind === 'active' && schedule.role === role && isRunning(schedule, now))
    .map(({ principalId }) => principalId);
  return [...new Set([...permanent, ...throughPim])];
}

/** Members at any depth; nested groups are listed as well as what is in them. */
export function transitiveMembers(world: World, group: Group): string[] {
  const found = new Set<string>();
  const queue = [group];
  for (const next of queue) {
    for (const id of insideOf(world, next, 'member')) {
      if (found.has(id)) continue;
      found.add(id);
      const nested = findById(world.state.groups, id);
      if (nested) queue.push(nested);
    }
  }
  return [...found];
}

/** Ids of the groups a principal is in by itself, not through another group. */
export function directGroupsOf(world: World, id: string): string[] {
  return world.state.groups
    .filter((group) => insideOf(world, group, 'member').includes(id))
    .map((group) => group.id);
}
