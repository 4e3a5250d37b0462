import { hour } from './time.ts';
import { onWall, whenWallShows } from './wall-time.ts';

const day = 24 * hour;

/**
 * So many days later in a time zone (an IANA name), at the hour that the clock on the wall shows at `hourOf`. An hour
 * that the change of the clocks leaves out is the hour after; one it shows twice is the first.
 */
export function daysLater(from: Date, days: number, timeZone: string, hourOf: Date = from): Date {
  const date = Math.floor(onWall(from, timeZone) / day) * day;
  const time = ((onWall(hourOf, timeZone) % day) + day) % day;
  return whenWallShows(date + days * day + time, timeZone);
}
