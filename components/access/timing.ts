import { stricter } from '#lib/domain/narrower.ts';
import { minute, plusMinutes } from '#lib/domain/time.ts';
import { fieldOfMoment, momentOfField } from '#lib/domain/wall-time.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';
import type { FormText, OwnChoice } from './ask.ts';
import { parseDuration } from './parse-duration.ts';

/** The time zone of this browser. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

export function zoneOf({ zone }: Pick<FormText, 'zone'>): string {
  return zone || ownZone();
}

/** The start that is typed, on the wall of the form's zone; null: now, or no date. */
export function startOf(form: Pick<FormText, 'startsAt' | 'zone'>): Date | null {
  return form.startsAt ? momentOfField(form.startsAt, zoneOf(form)) : null;
}

const until = /^(?:until|till)\s+(?:(\d{4}-\d\d-\d\d)[ t])?\s*([01]?\d|2[0-3]):([0-5]\d)$/;

/** `17:30` of “until 17:30”; null: a length is typed, not an end. */
export function endTyped(text: string): string | null {
  const [, , hours, minutes] = until.exec(text.trim().toLowerCase()) ?? [];
  return hours === undefined ? null : `${hours.padStart(2, '0')}:${minutes}`;
}

/**
 * Minutes of what is typed: a length, or “until 17:30”, which is the next 17:30 after the start on the wall of the zone.
 * “until 2026-11-22 17:30” may lie before the start: then it is no more than zero. null: neither.
 */
export function lengthOf(text: string, from: Date, zone: string): number | null {
  const [, date, hours, minutes] = until.exec(text.trim().toLowerCase()) ?? [];
  if (hours === undefined) return parseDuration(text);
  const time = `T${hours.padStart(2, '0')}:${minutes}`;
  const at = (day: string) => momentOfField(`${day}${time}`, zone);
  const today = fieldOfMoment(from, zone).slice(0, 10);
  const end = date ? at(date) : [at(today), at(dayAfter(today))].find((one) => one && one > from);
  return end ? Math.floor((end.getTime() - from.getTime()) / minute) : null;
}

function dayAfter(date: string): string {
  return new Date(Date.parse(date) + 24 * 3_600_000).toISOString().slice(0, 10);
}

/** What is wrong with an end, in words of ends; null: nothing, or it is a length. */
export function endFault(text: string, longest: number, from: Date, zone: string): string | null {
  if (endTyped(text) === null) return null;
  const minutes = lengthOf(text, from, zone);
  if (minutes === null) return null;
  if (minutes <= 0) return 'The end is before the start.';
  if (minutes <= longest) return null;
  return `That is longer than the policy allows. The latest end is ${wallWords(plusMinutes(from, longest), zone)}.`;
}

/** `Sun 22 Nov, 17:30`, on the wall of a zone. */
export function wallWords(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
}

/** The row as it is asked for: at a narrower place by the stricter rules of both. */
export function narrowed(row: EligibleRow, own: OwnChoice | undefined): EligibleRow {
  const rules = own?.rulesAt;
  return rules && rules.id === own.narrower?.id
    ? { ...row, policy: stricter(row.policy, rules.policy) }
    : row;
}
