import type { Schedule, State } from '#lib/emulator/state.ts';

/** In a small tenant looking at everything is as quick, and forgives tests that change a schedule by hand. */
const SMALL = 5000;

interface Quiet {
  count: number;
  until: number;
}

const known = new WeakMap<Schedule[], Quiet>();

/** Whether no schedule of a large tenant ends before `now` (milliseconds, PIM clock), as far as was noted. */
export function isQuiet({ schedules }: State, now: number): boolean {
  const quiet = known.get(schedules);
  if (schedules.length < SMALL || !quiet || quiet.count > schedules.length) return false;
  for (; quiet.count < schedules.length; quiet.count += 1) {
    quiet.until = Math.min(quiet.until, dueOf(schedules[quiet.count]));
  }
  return now < quiet.until;
}

/** Notes when the next schedule ends, after everything due was done. */
export function noteQuiet({ schedules }: State): void {
  if (schedules.length < SMALL) return;
  let until = Number.POSITIVE_INFINITY;
  for (const schedule of schedules) until = Math.min(until, dueOf(schedule));
  known.set(schedules, { count: schedules.length, until });
}

/** A schedule got another end: look at all of them again. */
export function disturb({ schedules }: State): void {
  known.delete(schedules);
}

function dueOf(schedule: Schedule | undefined): number {
  return schedule?.lingersUntil ?? schedule?.endAt ?? Number.POSITIVE_INFINITY;
}
