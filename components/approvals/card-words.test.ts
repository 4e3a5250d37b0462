import { expect, test } from 'vitest';
import { actionsWords, beforeWords, othersWords } from './card-words.ts';

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

test('a wildcard is never counted as one action', () => {
  expect(actionsWords({ actions: 1, exceptions: 0, sample: ['*'] })).toBe('every action');
  expect(actionsWords({ actions: 1, exceptions: 6, sample: ['*'] })).toBe('every action, with exceptions');
  expect(actionsWords({ actions: 2, exceptions: 0, sample: ['a/read', 'a/b/*'] })).toBe(
    '2 actions, wildcards among them',
  );
  expect(actionsWords({ actions: 1, exceptions: 0, sample: ['a/read'] })).toBe('1 action');
});

test('being the only one who can decide is said', () => {
  expect(othersWords([])).toBe('nobody else can decide');
  expect(othersWords(['Cy Tran', 'Dana Roy'])).toBe('Cy Tran or Dana Roy can decide too');
});
