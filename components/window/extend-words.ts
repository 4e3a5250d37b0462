import { leftWords } from '#components/access/countdown.ts';
import { minute, minutesBetween } from '#lib/domain/time.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';

const shownGapSeconds = 2;

/** How long one may be without the access between the two windows. */
export function gapWords(seconds: number | null): string {
  if (seconds === null) return 'Between the two you may be without it, for seconds or some minutes.';
  if (seconds <= shownGapSeconds) return 'Between the two you may be without it for a few seconds.';
  return `Between the two you may be without it: usually ${leftWords((seconds * minute) / 60)} here.`;
}

/** As long as this one, or an hour where its length is not known; never above policy. */
export function usualMinutes({ startsAt, endsAt }: Pick<ActiveRow, 'startsAt' | 'endsAt'>, longest: number) {
  const length = startsAt && endsAt ? minutesBetween(startsAt, endsAt) : 60;
  return Math.min(longest, Math.max(5, length));
}
