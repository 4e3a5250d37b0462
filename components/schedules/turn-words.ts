import type { DutyRotation } from '#lib/domain/duty-schedule.ts';
import { weekdays } from '#lib/domain/week-hours.ts';

/** `3 people in turn, every 7 days, handed over on Monday at 09:00 (Europe/Berlin)`. */
export function turnsInWords({ people, lengthDays, weekday, time, zone }: DutyRotation): string {
  const who = people.length === 1 ? 'one person' : `${people.length} people in turn`;
  const often = lengthDays === 1 ? 'every day' : `every ${lengthDays} days`;
  const day = lengthDays % 7 === 0 ? `on ${weekdays[weekday - 1]} ` : '';
  return `${who}, ${often}, handed over ${day}at ${time} (${zone})`;
}
