const parts = {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
} as const;
const exact = { ...parts, second: '2-digit' } as const;
const inUtc = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' });
const inUtcExact = new Intl.DateTimeFormat('en-GB', { ...exact, timeZone: 'UTC' });
let here: Intl.DateTimeFormat | undefined;
let hereExact: Intl.DateTimeFormat | undefined;

/** `21 Nov 2026, 14:05 UTC`: the same on every machine. */
export function utcWords(at: Date, toTheSecond = false): string {
  return `${(toTheSecond ? inUtcExact : inUtc).format(at)} UTC`;
}

/** The same moment in the zone of the machine that runs this. */
export function localWords(at: Date, toTheSecond = false): string {
  hereExact ??= new Intl.DateTimeFormat('en-GB', exact);
  here ??= new Intl.DateTimeFormat('en-GB', parts);
  return (toTheSecond ? hereExact : here).format(at);
}
