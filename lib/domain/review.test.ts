import { describe, expect, test } from 'vitest';
import { allRecommendations, type ReviewFacts, recommend } from './review.ts';

const used: ReviewFacts = {
  ...{ kind: 'eligible', holder: 'person', use: 'lately' },
  ...{ isThrough: false, isDisabled: false, isCritical: true, isBreakGlass: false },
};
const standing: ReviewFacts = { ...used, kind: 'standing', use: 'unknown' };
const says = (facts: ReviewFacts) => recommend(facts, '2026-08-24').decision;

describe('the evidence speaks for', () => {
  test.each<[string, ReviewFacts, string]>([
    ['removing what was never activated', { ...used, use: 'never' }, 'remove'],
    ['removing what was not activated for 90 days', { ...used, use: 'not_lately' }, 'remove'],
    ['keeping what is used', used, 'keep'],
    ['keeping what too little is known of', { ...used, use: 'unknown' }, 'keep'],
    ['removing what a disabled account holds', { ...used, isDisabled: true }, 'remove'],
    ['removing what nobody holds any more', { ...used, holder: 'gone' }, 'remove'],
    ['keeping what the last reading alone left without a holder', { ...used, holder: 'unseen' }, 'keep'],
    ['making a person’s standing critical role eligible', standing, 'make_eligible'],
    ['keeping a standing role that is not critical', { ...standing, isCritical: false }, 'keep'],
    ['keeping a time-bound role, which ends by itself', { ...standing, kind: 'time_bound' }, 'keep'],
    ['keeping a group’s standing role', { ...standing, holder: 'group' }, 'keep'],
    ['removing an idle workload’s standing role', w('not_lately'), 'remove'],
    ['keeping a working workload’s standing role, which cannot be eligible', w('lately'), 'keep'],
  ])('%s', (_, facts, decision) => {
    expect(says(facts)).toBe(decision);
  });

  test('keeping a break-glass account, whatever else is true of it', () => {
    const all = allRecommendations(null).filter(({ isBreakGlass }) => isBreakGlass);
    expect(all.length).toBeGreaterThan(100);
    expect(new Set(all.map(({ decision }) => decision))).toEqual(new Set(['keep']));
  });

  test('eligible only for a person’s own standing access', () => {
    for (const { decision, ...facts } of allRecommendations(null))
      if (decision === 'make_eligible')
        expect(facts).toMatchObject({ kind: 'standing', holder: 'person', isThrough: false });
  });
});

test('“never” says since when it is known', () => {
  expect(recommend({ ...used, use: 'never' }, '2026-08-24').why).toContain('since 2026-08-24');
});

function w(use: ReviewFacts['use']): ReviewFacts {
  return { ...standing, holder: 'workload', use };
}
