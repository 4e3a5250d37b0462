import type { ScheduleRequest } from '#lib/emulator/state.ts';
import type { World } from '#lib/emulator/wire.ts';

/** Whether lists show a request already: not before its kind of delay is over. */
export function isListed(world: World, { createdAt }: ScheduleRequest): boolean {
  return createdAt + (world.state.consistency?.request ?? 0) <= world.now();
}
