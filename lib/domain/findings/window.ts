import { type RoleAtScope, type RoleNames, roleKey } from '#lib/domain/assignment.ts';
import type { Found } from '#lib/domain/finding.ts';
import { inWords } from '#lib/domain/time.ts';
import { roleWords } from './words.ts';

/** How long activations of a role at a scope were active, of those that have ended. */
export interface WindowUse extends RoleAtScope, RoleNames {
  maximumMinutes: number;
  ended: number;
  /** Nine of ten were not longer. */
  usualMinutes: number;
  longestMinutes: number;
}

/** Fewer tell nothing about what a task takes. */
const fewest = 3;
const timesLonger = 4;
/** A window this short is no standing access, however it is used. */
const shortMinutes = 60;

/** The policy allows a window four times as long as nine of ten activations took: standing access with extra steps. */
export function windowTooLong(one: WindowUse): Found | null {
  const { maximumMinutes, ended, usualMinutes, longestMinutes } = one;
  if (ended < fewest || maximumMinutes <= shortMinutes) return null;
  if (usualMinutes * timesLonger > maximumMinutes || longestMinutes * 2 > maximumMinutes) return null;
  return {
    kind: 'window_too_long',
    subject: roleKey(one),
    risk: 'low',
    title: `${roleWords(one)} may be active for ${inWords(maximumMinutes)}, and is used for ${inWords(usualMinutes)}`,
    evidence: [
      { label: 'The policy allows', value: inWords(maximumMinutes) },
      { label: 'Nine of ten took at most', value: inWords(usualMinutes) },
      { label: 'The longest took', value: inWords(longestMinutes) },
      { label: 'Activations looked at', value: String(ended) },
    ],
    nextStep: `Set the policy’s maximum near ${inWords(Math.max(shortMinutes, longestMinutes * 2))}. Who needs longer can extend.`,
    principalId: null,
    assignmentId: null,
  };
}
