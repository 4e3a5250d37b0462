import { describe, expect, test } from 'vitest';
import { coveredSince } from './use.ts';

const day = (date: number, hour = 0) => new Date(Date.UTC(2026, 5, date, hour));
const covered = (from: number, until: number, hour = 0) => ({ fromAt: day(from), untilAt: day(until, hour) });
const now = day(30);

describe('use is known', () => {
  test('since the beginning of the source that reaches up to now', () => {
    expect(coveredSince([covered(1, 30)], now)).toEqual(day(1));
  });
  test('as far back as sources join or overlap, in whatever order they are', () => {
    expect(coveredSince([covered(1, 5), covered(20, 30), covered(5, 12), covered(10, 21)], now)).toEqual(
      day(1),
    );
  });
  test('only since the last hole: what lies before it says nothing about never', () => {
    expect(coveredSince([covered(1, 9), covered(10, 30)], now)).toEqual(day(10));
  });
  test('only since a hole of an hour, though it was today', () => {
    expect(coveredSince([covered(1, 29, 20), { fromAt: day(29, 21), untilAt: now }], now)).toEqual(
      day(29, 21),
    );
  });
  test('although the last reading was an hour ago, but not when it was days ago', () => {
    expect(coveredSince([covered(1, 29, 23)], now)).toEqual(day(1));
    expect(coveredSince([covered(1, 28)], now)).toBeNull();
  });
  test('not at all without a source', () => {
    expect(coveredSince([], now)).toBeNull();
  });
  test('although a clock that was set back left a source that lies ahead', () => {
    const ahead = { fromAt: day(31), untilAt: day(32) };
    expect(coveredSince([ahead], now)).toBeNull();
    expect(coveredSince([ahead, covered(1, 29, 23)], now)).toEqual(day(1));
  });
});
