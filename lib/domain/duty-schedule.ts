import type { Named } from './approval-policy.ts';
import { hour } from './time.ts';
import { isTimeZone, onWall, whenWallShows } from './wall-time.ts';
import { minutesOf, weekday } from './week-hours.ts';

/** Who is on call, one after the other. */
export interface DutyRotation {
  /** An IANA name. */
  zone: string;
  /** In the order in which they take over. */
  people: Named[];
  /** 1 is Monday, 7 Sunday: the first hand-over is the first such day from `from` on. */
  weekday: number;
  /** `09:00` on the wall of the zone. */
  time: string;
  /** Days from one hand-over to the next. */
  lengthDays: number;
  /** `2026-11-23` */
  from: string;
}

/** Somebody else for a time, whoever's turn it is. */
export interface DutyOverride {
  person: Named;
  startsAt: Date;
  endsAt: Date;
}

/** One stretch of duty. */
export interface Duty {
  person: Named;
  startsAt: Date;
  endsAt: Date;
  isOverride: boolean;
}

const day = 24 * hour;

/** Who is on call at a moment; null: nobody, before the first hand-over. Of overrides the last one made counts. */
export function onDutyAt(
  rotation: DutyRotation,
  overrides: readonly DutyOverride[],
  moment: Date,
): Duty | null {
  const over = overrides.findLast(({ startsAt, endsAt }) => startsAt <= moment && moment < endsAt);
  if (over) return { ...over, isOverride: true };
  const turn = turnAt(rotation, moment);
  const person = rotation.people[turn % rotation.people.length];
  if (turn < 0 || !person) return null;
  const [startsAt, endsAt] = [handOver(rotation, turn), handOver(rotation, turn + 1)];
  return { person, startsAt, endsAt, isOverride: false };
}

/** Who is on call from one moment to another, in order, each stretch as far as it lies within. */
export function dutiesBetween(
  rotation: DutyRotation,
  overrides: readonly DutyOverride[],
  from: Date,
  until: Date,
): Duty[] {
  const edges = new Set([from.getTime(), until.getTime()]);
  for (const { startsAt, endsAt } of overrides) edges.add(startsAt.getTime()).add(endsAt.getTime());
  for (let turn = Math.max(0, turnAt(rotation, from)); handOver(rotation, turn) < until; turn++)
    edges.add(handOver(rotation, turn).getTime());
  const moments = [...edges]
    .filter((at) => at >= from.getTime() && at <= until.getTime())
    .sort((a, b) => a - b);
  const duties: Duty[] = [];
  for (const [index, at] of moments.slice(0, -1).entries()) {
    const endsAt = new Date(moments[index + 1] ?? at);
    const found = onDutyAt(rotation, overrides, new Date(at));
    const last = duties.at(-1);
    if (!found) continue;
    const goesOn = last?.person.id === found.person.id && last.isOverride === found.isOverride;
    if (last && goesOn && last.endsAt.getTime() === at) last.endsAt = endsAt;
    else duties.push({ ...found, startsAt: new Date(at), endsAt });
  }
  return duties;
}

/** How many hand-overs there were since the first; negative: it was not yet. */
function turnAt(rotation: DutyRotation, moment: Date): number {
  const wall = onWall(moment, rotation.zone);
  const guess = Math.floor((wall - firstWall(rotation)) / (rotation.lengthDays * day));
  // A hand-over in an hour that a change of the clocks leaves out or shows twice is at a moment of its own.
  if (moment < handOver(rotation, guess)) return guess - 1;
  return moment >= handOver(rotation, guess + 1) ? guess + 1 : guess;
}

function handOver(rotation: DutyRotation, turn: number): Date {
  return whenWallShows(firstWall(rotation) + turn * rotation.lengthDays * day, rotation.zone);
}

function firstWall({ from, weekday: wanted, time }: DutyRotation): number {
  const date = Date.parse(from);
  const ahead = (wanted - weekday(date) + 7) % 7;
  return date + ahead * day + minutesOf(time) * 60_000;
}

export type RotationField = keyof DutyRotation | 'name';
const longestDutyDays = 90;
const mostPeople = 50;

/** What is wrong with a schedule, field by field. Nothing: it can be kept. */
export function rotationFaults(
  name: string,
  { zone, people, weekday: wanted, time, lengthDays, from }: DutyRotation,
): Partial<Record<RotationField, string>> {
  const faults: Partial<Record<RotationField, string>> = {};
  if (name === '') faults.name = 'Give it a name.';
  if (name.length > 60) faults.name = 'Give it a name of 60 characters at most.';
  if (!isTimeZone(zone)) faults.zone = 'Choose a time zone from the list.';
  if (people.length === 0) faults.people = 'Choose at least one person.';
  if (people.length > mostPeople) faults.people = `Choose ${mostPeople} people at most.`;
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 7) faults.weekday = 'Choose a day of the week.';
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) faults.time = 'Write a time such as 09:00.';
  if (!Number.isInteger(lengthDays) || lengthDays < 1 || lengthDays > longestDutyDays)
    faults.lengthDays = `A turn is 1 to ${longestDutyDays} whole days long.`;
  if (!/^\d{4}-\d\d-\d\d$/.test(from) || Number.isNaN(Date.parse(from)))
    faults.from = 'Choose the first day.';
  return faults;
}
