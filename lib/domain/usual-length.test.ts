import { expect, test } from 'vitest';
import { usualLength } from './usual-length.ts';

test('the middle of the last uses, rounded up to a length that people ask for', () => {
  expect(usualLength([22, 20, 24, 22, 60])).toEqual({ uses: 5, took: 22, minutes: 30 });
  expect(usualLength([60, 60])).toEqual({ uses: 2, took: 60, minutes: 60 });
});

test('one use says nothing', () => {
  expect(usualLength([22])).toBeNull();
});

test('what is longer than anything people ask for stays as it is', () => {
  expect(usualLength([2000, 2000])).toMatchObject({ minutes: 2000 });
});
