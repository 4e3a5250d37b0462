import { describe, expect, test } from 'vitest';
import { type Figure, median, percentile } from '#e2e/bench/measurement.ts';
import { benchTable } from './bench-table.ts';

describe('the middle of what was measured', () => {
  test('is the value in the middle, whatever the order', () => expect(median([9, 1, 5])).toBe(5));
  test('is the mean of two in the middle', () => expect(median([1, 2, 4, 100])).toBe(3));
  test('compares numbers, not texts', () => expect(median([10, 9, 100])).toBe(10));
  test('of nothing is no number', () => expect(median([])).toBeNaN());
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  test('is the value that this share does not exceed', () => expect(percentile(hundred, 0.95)).toBe(95));
  test('of few is the highest', () => expect(percentile([3, 1, 2], 0.95)).toBe(3));
  test('of nothing is no number', () => expect(percentile([], 0.95)).toBeNaN());
});

describe('the table', () => {
  const figure: Figure = {
    ...{ id: 'P1', work: 'my access', beside: 'bare page', ours: 91.26, yardstick: 104.8, unit: 'req/s' },
    ...{ ratio: 0.8708, target: '≥ 0.6', met: true },
  };
  const alone = { ...figure, work: 'at 40 req/s', beside: null, yardstick: null, ratio: null, met: false };
  const lines = benchTable([figure, alone]).split('\n');

  test('says what was measured beside what, and whether it is enough', () =>
    expect(lines[2]?.split(/ {2,}/)).toEqual([
      ...['P1', 'my access', 'bare page', '91.3', '105', 'req/s', '0.87', '≥ 0.6', 'yes'],
    ]));
  test('shouts a missed target, and invents no ratio', () =>
    expect(lines[3]?.split(/ {2,}/).slice(-4)).toEqual(['req/s', '–', '≥ 0.6', 'NO']));
  test('has its columns one under the other', () => {
    const at = lines.map((line) => line.search(/target|≥|-+ {2}-+$/));
    expect(new Set(at.filter((_, row) => row !== 1)).size).toBe(1);
  });
});
