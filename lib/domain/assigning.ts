import type { AssignmentKept } from './access-change.ts';
import { inWords, minutesBetween } from './time.ts';

/** What a policy asks of administrators who give an eligible or an active assignment. */
export interface AssigningSide {
  /** Without an end it is refused. */
  mustEnd: boolean;
  longestMinutes: number;
  ticket: boolean;
  /** No application can bring it. */
  mfa: boolean;
}

export interface AssigningRules {
  eligible: AssigningSide;
  active: AssigningSide;
}

/**
 * What a role’s policy would say today to the same assignment, sentence by sentence; the first word tells yes or no.
 * A standing Azure role is given beside PIM, whose policy then says nothing; unless `hasEnd`: it is there, and PIM takes
 * its end off.
 */
export function restoreWords(
  kept: Pick<AssignmentKept, 'kind' | 'endsAt' | 'plane'>,
  rules: AssigningRules | null,
  now: Date,
  hasEnd = false,
): string {
  const ends = kept.endsAt ? new Date(kept.endsAt) : null;
  if (ends && ends <= now) return 'No: its end is past. Give it anew if it is needed.';
  if (kept.plane === 'azure' && kept.kind === 'standing' && !hasEnd) {
    return 'Yes: a standing Azure role is given beside PIM, whose policy does not limit it.';
  }
  if (!rules) return 'Unknown: the policy of this role could not be read. Azure has the last word.';
  const side = kept.kind === 'eligible' ? rules.eligible : rules.active;
  const longest = inWords(side.longestMinutes);
  const no = [
    side.mustEnd && !ends && `it must end, after ${longest} at most, and this one has no end`,
    side.mustEnd &&
      ends &&
      minutesBetween(now, ends) > side.longestMinutes &&
      `it may last ${longest} at most, and this one ends later`,
    side.mfa && 'it asks for multifactor authentication, which no application has',
    side.ticket && 'it asks for a ticket, which a restored assignment has not',
  ].filter(Boolean);
  if (no.length > 0) return `No: ${no.join('; ')}.`;
  return side.mustEnd
    ? `Yes: it ends within the ${longest} allowed.`
    : 'Yes: the policy allows it as it was.';
}
