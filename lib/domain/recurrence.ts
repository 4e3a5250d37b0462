import { hour, minute } from './time.ts';

const day = 24 * hour;

/**
 * So many days later in a time zone (an IANA name), at the hour that the clock on the wall shows at `hourOf`. An hour
 * that the change of the clocks leaves out is the hour after; one it shows twice is the first.
 */
export function daysLater(from: Date, days: number, timeZone: string, hourOf: Date = from): Date {
  const date = Math.floor(onWall(from, timeZone) / day) * day;
  const time = ((onWall(hourOf, timeZone) % day) + day) % day;
  const wall = date + days * day + time;
  // Before any change of the clocks on that day, and after it.
  const [before, after] = [wall - day, wall + day].map((near) => offsetOf(new Date(near), timeZone));
  const candidates = [wall - (before ?? 0), wall - (after ?? 0)].filter(
    (moment) => onWall(new Date(moment), timeZone) === wall,
  );
  return new Date(candidates.length > 0 ? Math.min(...candidates) : wall - (before ?? 0));
}

/** What the clock on the wall shows, as if it were UTC. */
function onWall(moment: Date, timeZone: string): number {
  return moment.getTime() + offsetOf(moment, timeZone);
}

/** Milliseconds that the zone is ahead of UTC at a moment. */
function offsetOf(moment: Date, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name ?? '') ?? [];
  const ahead = Number(hours) * hour + Number(minutes) * minute + Number(seconds) * 1000;
  return sign === '-' ? -ahead : ahead;
}
