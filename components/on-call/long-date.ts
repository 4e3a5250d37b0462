const words = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `23 Nov 2026` of `2026-11-23`: a day on a calendar, in no zone. */
export function longDate(date: string): string {
  return words.format(new Date(date));
}
