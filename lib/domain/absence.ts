import { hour, plusMinutes } from './time.ts';
import { isTimeZone, momentOfField, onWall } from './wall-time.ts';

/** Out of office as a form says it: `2026-11-22T14:05` on the wall of a zone, an IANA name. */
export interface AbsenceForm {
  from: string;
  until: string;
  zone: string;
  note: string;
}

export type AbsenceField = keyof AbsenceForm | 'deputy' | 'person';

export const longestNote = 200;
const longestDays = 366;

/** The moments of a form, or what is wrong with it, field by field. */
export function absenceOf(
  { from, until, zone, note }: AbsenceForm,
  now: Date,
): { startsAt: Date; endsAt: Date } | { faults: Partial<Record<AbsenceField, string>> } {
  if (!isTimeZone(zone)) return { faults: { zone: 'Choose a time zone from the list.' } };
  const startsAt = momentOfField(from, zone);
  const endsAt = momentOfField(until, zone);
  if (!startsAt) return { faults: { from: 'Choose when it begins.' } };
  if (!endsAt) return { faults: { until: 'Choose when it ends.' } };
  if (endsAt <= startsAt) return { faults: { until: 'The end is before the beginning.' } };
  if (endsAt <= now) return { faults: { until: 'The end is in the past.' } };
  if (endsAt > plusMinutes(startsAt, longestDays * 1440))
    return { faults: { until: 'At most a year at once.' } };
  if (note.length > longestNote) return { faults: { note: `Keep it under ${longestNote} characters.` } };
  return { startsAt, endsAt };
}

/** People are taken to be awake from 7 to 22 on their own wall. */
const [wakes, sleeps] = [7, 22];

/** Whether somebody is probably awake, by the zone their browser last told; null: it told none. */
export function isAwake(zone: string | null, now: Date): boolean | null {
  if (zone === null || !isTimeZone(zone)) return null;
  const hours = Math.floor(onWall(now, zone) / hour) % 24;
  return hours >= wakes && hours < sleeps;
}

/** `03:12`: what the clock on their wall shows; null where no zone was told. */
export function wallClock(zone: string | null, now: Date): string | null {
  if (zone === null || !isTimeZone(zone)) return null;
  return new Date(onWall(now, zone)).toISOString().slice(11, 16);
}
