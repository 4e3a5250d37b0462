import type { Terms } from './approval.ts';
import { floorMinutes, plusMinutes } from './time.ts';

/** What an approver offers instead; what is left out stays as it was asked. */
export interface LessAsk {
  minutes?: number | undefined;
  scopeId?: string | undefined;
  startsAt?: Date | undefined;
}

/** PIM files no start further ahead. */
const farthestDays = 30;

/** What stands against an offer: the field, and what to do. null: it is less than what is asked, and can be had. */
export function offerFault(
  offered: Terms,
  asked: Terms,
  now: Date,
): { field: keyof LessAsk | null; detail: string } | null {
  if (!Number.isInteger(offered.minutes) || offered.minutes < floorMinutes)
    return { field: 'minutes', detail: 'PIM activates for at least five minutes.' };
  if (offered.minutes > asked.minutes)
    return { field: 'minutes', detail: 'An offer is for less: no longer than what was asked.' };
  if (offered.startsAt !== asked.startsAt) {
    const from = offered.startsAt === null ? null : new Date(offered.startsAt);
    if (!from || from <= now) return { field: 'startsAt', detail: 'Choose a start that is still to come.' };
    if (asked.startsAt !== null && from < new Date(asked.startsAt))
      return { field: 'startsAt', detail: 'An offer begins no earlier than what was asked.' };
    if (from > plusMinutes(now, farthestDays * 1440))
      return { field: 'startsAt', detail: `Choose a start within ${farthestDays} days.` };
  }
  const isSame =
    offered.minutes === asked.minutes &&
    offered.startsAt === asked.startsAt &&
    offered.scopeId.toLowerCase() === asked.scopeId.toLowerCase();
  if (isSame)
    return { field: null, detail: 'This is what was asked. Offer something shorter, narrower or later.' };
  return null;
}

/**
 * Whether a signature given for some terms holds for others: shorter or as long, at the same place or below it, not
 * earlier. `scopeChain`: the place of the terms now, and what is above it, lower case.
 */
export function stillFits(
  signed: Terms,
  now: Pick<Terms, 'minutes' | 'startsAt'>,
  scopeChain: readonly string[],
): boolean {
  const isNoEarlier =
    signed.startsAt === null ||
    (now.startsAt !== null && Date.parse(now.startsAt) >= Date.parse(signed.startsAt));
  return now.minutes <= signed.minutes && isNoEarlier && scopeChain.includes(signed.scopeId.toLowerCase());
}
