import type { OnCallPattern } from '#lib/domain/on-call.ts';
import { longDate } from './long-date.ts';

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** `Mon to Fri at 18:00 (Europe/Berlin), 23 Nov 2026 to 6 Dec 2026`. */
export function patternWords({ days, time, zone, from, until }: OnCallPattern): string {
  return `${dayWords(days)} at ${time} (${zone}), ${longDate(from)} to ${longDate(until)}`;
}

/** Days that follow each other are told by the first and the last. */
function dayWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].toSorted((one, other) => one - other);
  if (sorted.length === 7) return 'Every day';
  const first = sorted[0] ?? 1;
  const isRun = sorted.every((day, at) => day === first + at);
  const called = sorted.map((day) => names[day - 1] ?? '');
  return isRun && sorted.length > 2 ? `${called[0]} to ${called.at(-1)}` : called.join(', ');
}
