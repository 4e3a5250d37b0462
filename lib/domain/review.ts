import type { ItemDecision } from './campaign.ts';

/** What a recommendation is made from: words, so that the verdict on every combination of them fits in a table. */
export const reviewedKinds = ['eligible', 'standing', 'time_bound'] as const;
/** gone: not in the tenant any more, seen twice. unseen: the last reading alone did not show them. */
export const holders = ['person', 'group', 'workload', 'gone', 'unseen'] as const;
/** Of an eligible assignment its activations, of a workload its sign-ins. */
export const usesSeen = ['lately', 'not_lately', 'never', 'unknown'] as const;

export interface ReviewFacts {
  kind: (typeof reviewedKinds)[number];
  holder: (typeof holders)[number];
  use: (typeof usesSeen)[number];
  /** Through a group: the assignment is the group's. */
  isThrough: boolean;
  isDisabled: boolean;
  isCritical: boolean;
  isBreakGlass: boolean;
}

export interface Recommendation {
  decision: ItemDecision;
  why: string;
}

/** What is not used for so long is stale. */
export const staleDays = 90;
/** “Never” is a reason only when so much is known, and the assignment was there for so long. */
export const neverDays = 30;

/** What the evidence speaks for, and why. `since`: from when on use is known, as a date; null: it is not. */
export function recommend(facts: ReviewFacts, since: string | null): Recommendation {
  const { kind, holder, use } = facts;
  const remove = (why: string): Recommendation => ({ decision: 'remove', why });
  const keep = (why: string): Recommendation => ({ decision: 'keep', why });
  if (facts.isBreakGlass)
    return keep('Sealed for emergencies: judged by its controls, never by how much it is used.');
  if (holder === 'gone') return remove('Whoever held this is not in the tenant any more.');
  if (holder === 'unseen')
    return keep('The last reading did not show who holds this. It may be gone; the next reading will tell.');
  if (facts.isDisabled) return remove('The account is disabled.');
  if (kind === 'eligible') return ofEligible(use, since);
  if (holder === 'workload' && (use === 'not_lately' || use === 'never'))
    return remove(`It has not signed in for ${staleDays} days, and keeps its access all the time.`);
  if (holder === 'person' && kind === 'standing' && facts.isCritical && !facts.isThrough)
    return {
      decision: 'make_eligible',
      why: 'Standing access to a critical role. Eligible is enough: it is activated when it is needed.',
    };
  return keep('Nothing that is known speaks against it.');
}

function ofEligible(use: ReviewFacts['use'], since: string | null): Recommendation {
  if (use === 'never')
    return {
      decision: 'remove',
      why: `Never activated since ${since}, which is as far back as is known.`,
    };
  if (use === 'not_lately')
    return { decision: 'remove', why: `Not activated for more than ${staleDays} days.` };
  if (use === 'unknown') return { decision: 'keep', why: 'Not enough is known about its use to say more.' };
  return { decision: 'keep', why: `Activated within the last ${staleDays} days.` };
}

/** The verdict on every combination of facts: what reads a hundred thousand of them looks it up. */
export function allRecommendations(since: string | null): (ReviewFacts & Recommendation)[] {
  const either = [true, false];
  return reviewedKinds
    .flatMap((kind) => holders.map((holder) => ({ kind, holder })))
    .flatMap((facts) => usesSeen.map((use) => ({ ...facts, use })))
    .flatMap((facts) => either.map((isThrough) => ({ ...facts, isThrough })))
    .flatMap((facts) => either.map((isDisabled) => ({ ...facts, isDisabled })))
    .flatMap((facts) => either.map((isCritical) => ({ ...facts, isCritical })))
    .flatMap((facts) => either.map((isBreakGlass) => ({ ...facts, isBreakGlass })))
    .map((facts) => ({ ...facts, ...recommend(facts, since) }));
}
