const PATTERN =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const UNITS = [365 * DAY, 30 * DAY, 7 * DAY, DAY, 3600 * SECOND, 60 * SECOND, SECOND];

/**
 * Length of an ISO 8601 duration in milliseconds; null when it is none or not longer than zero.
 * A year counts 365 days and a month 30, as .NET reads them.
 */
export function durationMs(iso: string): number | null {
  const parts = PATTERN.exec(iso);
  if (!parts) return null;
  const total = UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
  return total > 0 ? total : null;
}
