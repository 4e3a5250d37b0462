/** Lengths carry their unit in their name; moments are Dates in UTC; the viewer's zone belongs to the screen. */

export const minute = 60_000;
export const hour = 60 * minute;

/** PIM's floor: an activation is at least this long, and cannot be ended before (ActiveDurationTooShort). */
export const floorMinutes = 5;

/** PIM drops a request nobody decided after 24 hours; not configurable (Entra docs, PIM approval workflow). */
export const approvalHours = 24;

const isoDuration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Minutes of an ISO 8601 duration of days, hours, minutes and seconds; null when it is not one. */
export function minutesOf(duration: string): number | null {
  const parts = isoDuration.exec(duration);
  if (!parts || duration === 'P' || duration.endsWith('T')) return null;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts;
  return Number(days) * 1440 + Number(hours) * 60 + Number(minutes) + Math.floor(Number(seconds) / 60);
}

/** An ISO 8601 duration in minutes, as PIM takes it: 90 → `PT90M`. */
export function durationOf(minutes: number): string {
  return `PT${minutes}M`;
}

/** `45 min`, `8 h`, `1 h 30 min`, `2 d`: short and exact. */
export function inWords(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  if (whole < 60) return `${whole} min`;
  const days = Math.floor(whole / 1440);
  const hours = Math.floor((whole % 1440) / 60);
  const rest = whole % 60;
  return [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`].filter(Boolean).join(' ');
}

/** `8 s`, `1 min 20 s`, `12 min`: what people wait for; seconds are left out from five minutes on. */
export function secondsInWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole >= 300) return inWords(whole / 60);
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest ? ` ${rest} s` : ''}`;
}

export function plusMinutes(moment: Date, minutes: number): Date {
  return new Date(moment.getTime() + minutes * minute);
}

/** Whole minutes from one moment to a later one, never negative. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / minute));
}
