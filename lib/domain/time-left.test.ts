import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

const startedAt = new Date('2026-03-02T10:00:00Z');
const last = { startedAt, finishedAt: new Date('2026-03-02T10:20:00Z'), rows: 1000 };

test('a reading takes as long as the last one, for as many rows', () => {
  expect(timeLeft(0, last)).toBe('about 20 min left');
  expect(timeLeft(501, last)).toBe('about 10 min left');
  expect(timeLeft(990, last)).toBe('less than a minute left');
  expect(timeLeft(1500, last)).toBe('less than a minute left');
});

test('nothing is promised without a last reading, or after one that brought nothing', () => {
  expect(timeLeft(10, null)).toBeNull();
  expect(timeLeft(10, { ...last, finishedAt: null })).toBeNull();
  expect(timeLeft(10, { ...last, rows: 0 })).toBeNull();
});
