import { expect, test } from 'vitest';
import type { RoleLately } from '#lib/queries/approval-rows.ts';
import { asksWords, eligibleWords, spanWords } from './lately-words.ts';

const lately = (facts: Partial<RoleLately> = {}): RoleLately => ({
  ...{ asks: 45, isMore: false, activated: 41, denied: 3, people: 6, usualMinutes: 22 },
  ...{ grantedMinutes: 5760, usedMinutes: 1860, last: null, eligible: 6, eligibleActivated: 4 },
  ...facts,
});

test('how often it was given, to how many, and how often not', () => {
  expect(asksWords(lately())).toBe('41 activations by 6 people. Denied 3 times.');
  expect(asksWords(lately({ asks: 1, activated: 1, people: 1, denied: 0 }))).toBe(
    'One activation by one person. Never denied.',
  );
  expect(asksWords(lately({ asks: 2, activated: 0, people: 0, denied: 1 }))).toBe(
    'Asked for 2 times, never activated. Denied once.',
  );
  expect(asksWords(lately({ asks: 0 }))).toBe('Nobody asked for it here, as far as Stint saw.');
});

test('where only the newest were counted it is said', () => {
  expect(asksWords(lately({ asks: 500, isMore: true }))).toBe(
    'Of the last 500 asks: 41 activations by 6 people. Denied 3 times.',
  );
});

test('who could and did not is counted against who could; nobody known is not said to be none', () => {
  expect(eligibleWords(lately())).toBe('4 of 6 eligible people have activated it.');
  expect(eligibleWords(lately({ eligibleActivated: 6 }))).toBe('All 6 eligible people have activated it.');
  expect(eligibleWords(lately({ eligible: 1, eligibleActivated: 0 }))).toContain('has not activated');
  expect(eligibleWords(lately({ eligible: null }))).toBeNull();
});

test('sums of days are told in hours', () => {
  expect([spanWords(90), spanWords(5760)]).toEqual(['1 h 30 min', '96 h']);
});
