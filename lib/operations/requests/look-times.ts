/** When a request is looked at next. */
import { minute, plusMinutes } from '#lib/domain/time.ts';

/**
 * Looks at an ending activation before it is called active again: two minutes after Azure was told, and ten, as long as
 * the person's token lasts, for the job that is to tell it.
 */
export const endingLooks = 60;

/** While active: once a minute, and at the end. */
export function nextLook(now: Date, endsAt: Date): Date {
  return endsAt <= now ? seconds(now, 1) : earlier(plusMinutes(now, 1), endsAt);
}

export const earlier = (a: Date, b: Date) => (a < b ? a : b);
export const later = (a: Date, b: Date) => (a > b ? a : b);
export const seconds = (now: Date, n: number) => new Date(now.getTime() + (n * minute) / 60);
