import { expect, test } from 'vitest';
import { plusMinutes } from '#lib/domain/time.ts';
import { remindAt, titleWords } from './remind-at.ts';

const startsAt = new Date('2026-03-02T12:00:00Z');

test.each([
  [60, 55],
  [20, 15],
  [8, 6],
])('a window of %d min is reminded of after %d', (length, after) => {
  const endsAt = plusMinutes(startsAt, length);
  expect(remindAt({ startsAt, endsAt })).toBe(plusMinutes(startsAt, after).getTime());
});

test('the tab says minutes while there are some, then seconds', () => {
  expect([3_700_000, 725_000, 60_000, 59_400, 900].map(titleWords)).toEqual([
    ...['1 h 1 min', '12 min', '1 min', '1 min', '1 s'],
  ]);
});
