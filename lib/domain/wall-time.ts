import { hour, minute } from './time.ts';

/** Between a moment and what the clock on the wall shows in a time zone (an IANA name), across changes of the clocks. */

/** What the clock on the wall shows, as milliseconds that would be it in UTC. */
export function onWall(moment: Date, timeZone: string): number {
  return moment.getTime() + offsetOf(moment, timeZone);
}

/** When the wall shows it. An hour that the change of the clocks leaves out is the hour after; one it shows twice is the first. */
export function whenWallShows(wall: number, timeZone: string): Date {
  // Before any change of the clocks on that day, and after it.
  const [before = 0, after = 0] = [wall - 24 * hour, wall + 24 * hour].map((near) =>
    offsetOf(new Date(near), timeZone),
  );
  const candidates = [wall - before, wall - after].filter(
    (moment) => onWall(new Date(moment), timeZone) === wall,
  );
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - before);
}

/** The moment of `2026-11-22T14:05` in a zone, as a field of date and time writes it; null when it is none. */
export function momentOfField(field: string, timeZone: string): Date | null {
  const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(field) ? Date.parse(`${field.slice(0, 16)}Z`) : Number.NaN;
  return Number.isNaN(wall) ? null : whenWallShows(wall, timeZone);
}

/** `2026-11-22T14:05`: the minute of a moment in a zone, as a field of date and time takes it. */
export function fieldOfMoment(moment: Date, timeZone: string): string {
  return new Date(onWall(moment, timeZone)).toISOString().slice(0, 16);
}

/** Whether it is the name of a time zone here. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds that the zone is ahead of UTC at a moment. */
function offsetOf(moment: Date, timeZone: string): number {
  const name = namerOf(timeZone)
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name ?? '') ?? [];
  const ahead = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}

const namers = new Map<string, Intl.DateTimeFormat>();

/** Made once a zone: making one takes longer than a hundred answers. */
function namerOf(timeZone: string): Intl.DateTimeFormat {
  const known = namers.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  namers.set(timeZone, made);
  return made;
}
