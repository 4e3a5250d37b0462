import type { Schedule, State } from '#lib/emulator/state.ts';
import { disturb } from './quiet.ts';
import { dropSchedules } from './schedule-index.ts';

/**
 * Ends schedules at a moment (milliseconds, PIM clock). Where the tenant is slow to forget (`consistency.removal`), reads
 * and access checks see them until that delay is over; nothing else can be done with them. True when something ended.
 */
export function endSchedules(
  state: State,
  ends: (schedule: Schedule) => boolean,
  momentOf: (schedule: Schedule) => number,
  now: number,
): boolean {
  const delay = state.consistency?.removal ?? 0;
  let ended = false;
  dropSchedules(state, (schedule) => {
    if (schedule.lingersUntil !== undefined || !ends(schedule)) return false;
    ended = true;
    const until = momentOf(schedule) + delay;
    if (schedule.visibleFrom >= until || until <= now) return true;
    schedule.lingersUntil = until;
    disturb(state);
    return false;
  });
  return ended;
}

/** Drops what has lingered long enough. True when something was dropped. */
export function forgetEnded(state: State, now: number): boolean {
  const over = (schedule: Schedule) => schedule.lingersUntil !== undefined && schedule.lingersUntil <= now;
  if (!state.schedules.some(over)) return false;
  dropSchedules(state, over);
  return true;
}

/** Whether the schedule is over for PIM itself, though reads may still see it. */
export function hasEnded(schedule: Schedule): boolean {
  return schedule.lingersUntil !== undefined;
}
