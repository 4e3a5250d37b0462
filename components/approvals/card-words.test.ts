import { expect, test } from 'vitest';
import { beforeWords, othersWords } from './card-words.ts';

const none = { count: 0, lastAt: null, denied: 0, endedEarly: 0, usualMinutes: null };

test('a first time is said to be one, with its limits', () => {
  expect(beforeWords(none)).toBe('never activated this here, as far as Stint saw');
  expect(beforeWords({ ...none, denied: 1 })).toBe(
    'never activated this here, as far as Stint saw, denied once',
  );
});

test('habits are told with numbers', () => {
  expect(beforeWords({ ...none, count: 9, endedEarly: 8 })).toBe(
    '9 times, ended early 8 times, never denied',
  );
});

test('being the only one who can decide is said', () => {
  expect(othersWords([])).toBe('nobody else can decide');
  expect(othersWords(['Cy Tran', 'Dana Roy'])).toBe('Cy Tran or Dana Roy can decide too');
});
