import { minute } from './time.ts';

/** Azure keeps starts to the second, and its clock may differ from ours by that much. */
const slackMinutes = 1;

/**
 * Whether an activation that began then is the one after this window, not this one: PIM lets no two of the same role
 * overlap, so what begins where this one ends has taken its place.
 */
export function isAfter(window: { endsAt: Date | null }, startsAt: Date | null): boolean {
  if (!window.endsAt || !startsAt) return false;
  return startsAt.getTime() >= window.endsAt.getTime() - slackMinutes * minute;
}
