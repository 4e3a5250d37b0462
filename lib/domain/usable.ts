import { minute } from './time.ts';

/** What a probe with the person's own token found: Azure lets them, not yet, or this cannot be told from outside. */
export type Works = 'yes' | 'not_yet' | 'cannot_tell';

/** How the probing of an activation stands. `late`: it was looked for long enough and never seen to work. */
export const probeStates = ['trying', 'cannot_tell', 'late'] as const;
export type ProbeState = (typeof probeStates)[number];

const longestDelaySeconds = 30;
/** Azure itself speaks of up to ten minutes; the token that asks lasts as long. */
const longestMinutes = 15;

/** Seconds until the next try: 1, 2, 4, … 30. `tries` is how many there were. */
export function probeDelay(tries: number): number {
  return Math.min(longestDelaySeconds, 2 ** Math.max(0, tries - 1));
}

/** Whether it is no use to look any longer. */
export function isTooLate(activeAt: Date, now: Date): boolean {
  return now.getTime() - activeAt.getTime() > longestMinutes * minute;
}

/** What a role took to work, learned from the tenant's own history. Seconds. */
export interface Speed {
  p50: number;
  p95: number;
  /** How many activations it is learned from. */
  count: number;
  /** Until the access was seen to work, or only until Azure showed it. */
  until: 'usable' | 'active';
  /** How near to the role it was learned. */
  from: 'role_here' | 'role' | 'plane';
}

/** Fewer say nothing. */
export const fewestObservations = 5;
