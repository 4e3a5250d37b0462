import type { WeekHours } from './approval-policy.ts';
import { hour, minute } from './time.ts';
import { onWall } from './wall-time.ts';

const day = 24 * hour;

/**
 * Whether the wall of the zone shows one of the hours then. Past midnight they still belong to the day they began on;
 * an end like the beginning is a whole day. An hour that a change of the clocks shows twice counts both times.
 */
export function isWithin(hours: WeekHours, moment: Date): boolean {
  const wall = onWall(moment, hours.zone);
  const midnight = Math.floor(wall / day) * day;
  const [from, until] = [minutesOf(hours.from) * minute, minutesOf(hours.until) * minute];
  const length = until > from ? until - from : until - from + day;
  return [midnight, midnight - day].some((date) => {
    const begins = date + from;
    return hours.days.includes(weekday(date)) && wall >= begins && wall < begins + length;
  });
}

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** 1 is Monday, 7 Sunday. */
export function weekday(wall: number): number {
  return new Date(wall).getUTCDay() || 7;
}

/** Minutes since midnight of `18:00`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Mon–Fri, Sat, Sun: days of the week as one says them. */
export function daysInWords(days: readonly number[]): string {
  const short = (one: number | undefined) => (weekdays[(one ?? 1) - 1] ?? '').slice(0, 3);
  const sorted = [...days].sort((one, other) => one - other);
  const runs: number[][] = [];
  for (const one of sorted) {
    const last = runs.at(-1);
    if (last && last.at(-1) === one - 1) last.push(one);
    else runs.push([one]);
  }
  return runs
    .map((run) => (run.length > 2 ? `${short(run[0])}–${short(run.at(-1))}` : run.map(short).join(', ')))
    .join(', ');
}
