import type { Schedule, State } from '#lib/emulator/state.ts';

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
  const kept = state.schedules.filter((schedule) => {
    if (schedule.lingersUntil !== undefined || !ends(schedule)) return true;
    ended = true;
    const until = momentOf(schedule) + delay;
    if (schedule.visibleFrom >= until || until <= now) return false;
    schedule.lingersUntil = until;
    return true;
  });
  if (kept.length < state.schedules.length) state.schedules = kept;
  return ended;
}

/** Drops what has lingered long enough. True when something was dropped. */
export function forgetEnded(state: State, now: number): boolean {
  const over = (schedule: Schedule) => schedule.lingersUntil !== undefined && schedule.lingersUntil <= now;
  if (!state.schedules.some(over)) return false;
  state.schedules = state.schedules.filter((schedule) => !over(schedule));
  return true;
}

/** Whether the schedule is over for PIM itself, though reads may still see it. */
export function hasEnded(schedule: Schedule): boolean {
  return schedule.lingersUntil !== undefined;
}
