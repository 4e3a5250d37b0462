import { minutesOf } from '#lib/domain/time.ts';

const clock = /^(\d{1,3}):([0-5]\d)$/;
const plain = /^(\d{1,5})\s*(?:m|min|mins|minutes?)?$/;
const decimal = /^(\d{1,3})[.,](\d{1,2})\s*(?:h|hours?)$/;
const worded =
  /^(?:(\d{1,2})\s*(?:d|days?))?\s*(?:(\d{1,3})\s*(?:h|hrs?|hours?))?\s*(?:([0-5]?\d)\s*(?:m|min|mins|minutes?)?)?$/;

/** Minutes of what a person types: `30`, `30 min`, `1 h`, `1h30`, `1:30`, `1.5 h`, `PT1H`. null: not a length. */
export function parseDuration(text: string): number | null {
  const typed = text.trim().toLowerCase();
  if (!typed) return null;
  if (typed.startsWith('p')) return minutesOf(typed.toUpperCase());
  const minutes = plain.exec(typed)?.[1];
  if (minutes !== undefined) return Number(minutes);
  const [, part = '', fraction] = decimal.exec(typed) ?? [];
  if (fraction !== undefined) return Math.round(Number(`${part}.${fraction}`) * 60);
  const [, hours, rest] = clock.exec(typed) ?? [];
  if (hours !== undefined) return Number(hours) * 60 + Number(rest);
  const words = worded.exec(typed);
  if (!words) return null;
  return Number(words[1] ?? 0) * 1440 + Number(words[2] ?? 0) * 60 + Number(words[3] ?? 0);
}
