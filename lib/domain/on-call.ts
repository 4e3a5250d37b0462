import type { RoleAtScope, RoleNames } from './assignment.ts';
import type { RefusalCode } from './refusal.ts';
import { floorMinutes, hour, plusMinutes } from './time.ts';
import { isTimeZone, momentOfField, onWall } from './wall-time.ts';

/** A role of an on-call window, for its own length. */
export interface OnCallRole extends RoleAtScope, RoleNames {
  /** As forms name it: `roleKey` of the eligibility. */
  key: string;
  minutes: number;
  /** A place below where one is eligible. */
  narrower: { id: string; name: string } | null;
}

/** When it comes, week by week. */
export interface OnCallPattern {
  /** 1 is Monday, 7 Sunday. */
  days: readonly number[];
  /** `18:00` on the wall of the zone, an IANA name. */
  time: string;
  zone: string;
  /** `2026-11-23`: the first and the last day, both counted. */
  from: string;
  until: string;
}

/** running: its occurrences are filed and reminded of. */
export const onCallStatuses = ['running', 'paused', 'ended'] as const;
export type OnCallStatus = (typeof onCallStatuses)[number];

/** What is over: it was asked for, nobody asked for it in time, or it was paused. */
export const occurrenceStates = ['planned', 'asked', 'missed', 'skipped'] as const;

export const longestPlanWeeks = 12;
/** PIM files no start further ahead. */
export const filedAheadDays = 30;
/** From so long before its start an occurrence is reminded of. */
export const remindMinutes = 12 * 60;

/** What stands in the way for now only, of the person, the ticket system or Stint; every other no is the last word on an occurrence. */
const passingRefusals: readonly RefusalCode[] = [
  'authority_away',
  'proof_needed',
  'sign_in_again',
  'step_up_needed',
  'ticket_unreachable',
  'too_many_pending',
  'unavailable',
  'unknown_outcome',
];
export const passes = (code: RefusalCode) => passingRefusals.includes(code);

const day = 24 * hour;
/** A window that is prolonged again and again is a new one after a year. */
const longestPatternDays = 366;

/** Every start of the pattern, in order. An hour the change of the clocks leaves out is the hour after. */
export function startsOf({ days, time, zone, from, until }: OnCallPattern): Date[] {
  const starts: Date[] = [];
  const last = Math.min(Date.parse(until), Date.parse(from) + longestPatternDays * day);
  for (let date = Date.parse(from); date <= last; date += day) {
    if (!days.includes(new Date(date).getUTCDay() || 7)) continue;
    const start = momentOfField(`${new Date(date).toISOString().slice(0, 10)}T${time}`, zone);
    if (start) starts.push(start);
  }
  return starts;
}

export type PatternField = 'days' | 'time' | 'zone' | 'from' | 'until' | 'minutes';

/** What is wrong with a pattern, field by field, in words that say what to do. Nothing: it can be kept. */
export function patternFaults(
  pattern: OnCallPattern,
  minutes: readonly number[],
  now: Date,
): Partial<Record<PatternField, string>> {
  const { days, time, zone, from, until } = pattern;
  if (!isTimeZone(zone)) return { zone: 'Choose a time zone from the list.' };
  const faults: Partial<Record<PatternField, string>> = {};
  if (days.length === 0 || days.some((one) => !Number.isInteger(one) || one < 1 || one > 7))
    faults.days = 'Choose at least one day of the week.';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) faults.time = 'Write a time such as 18:00.';
  if (minutes.some((one) => one < floorMinutes)) faults.minutes = 'PIM activates for at least five minutes.';
  const [first, last] = [Date.parse(from), Date.parse(until)];
  if (Number.isNaN(first)) faults.from = 'Choose the first day.';
  if (Number.isNaN(last)) faults.until = 'Choose the last day.';
  else if (last < first) faults.until = 'The last day is before the first.';
  else if (last > first + longestPatternDays * day) faults.from = 'Begin at most a year before the last day.';
  else if (last > onWall(now, zone) + longestPlanWeeks * 7 * day)
    faults.until = `Plan at most ${longestPlanWeeks} weeks ahead; it can be prolonged later.`;
  if (Object.keys(faults).length > 0) return faults;
  const longest = Math.max(...minutes);
  const starts = startsOf(pattern);
  if (!starts.some((start) => plusMinutes(start, longest) > now))
    faults.until = 'No such day is left between the first and the last.';
  if (
    starts.some(
      (start, at) => at > 0 && (starts[at - 1]?.getTime() ?? 0) + longest * 60_000 > start.getTime(),
    )
  )
    faults.minutes = 'One would still be on when the next begins. Make it shorter, or choose fewer days.';
  return faults;
}
