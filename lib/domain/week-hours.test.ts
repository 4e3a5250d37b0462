import { expect, test } from 'vitest';
import { daysInWords, isWithin } from './week-hours.ts';

const zone = 'Europe/Berlin';
const at = (moment: string) => new Date(moment);

test('hours past midnight belong to the day they began on', () => {
  const hours = { zone, days: [7], from: '22:00', until: '06:00' };
  // Sunday is 22 November.
  expect(isWithin(hours, at('2026-11-22T21:00:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-11-23T04:59:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-11-23T05:00:00Z'))).toBe(false);
  expect(isWithin(hours, at('2026-11-22T04:00:00Z'))).toBe(false);
});

test('hours keep to the wall when the clocks change', () => {
  const hours = { zone, days: [7], from: '01:00', until: '04:00' };
  // In March 02:00 becomes 03:00: two hours long. In October 03:00 becomes 02:00: four.
  expect(isWithin(hours, at('2026-03-29T00:00:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-03-29T01:59:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-03-29T02:00:00Z'))).toBe(false);
  expect(isWithin(hours, at('2026-10-24T23:00:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-10-25T02:59:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-10-25T03:00:00Z'))).toBe(false);
});

test('an end like the beginning is a whole day', () => {
  const hours = { zone, days: [1], from: '00:00', until: '00:00' };
  expect(isWithin(hours, at('2026-11-22T23:00:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-11-23T22:59:00Z'))).toBe(true);
  expect(isWithin(hours, at('2026-11-23T23:00:00Z'))).toBe(false);
});

test('days as one says them', () => {
  expect(daysInWords([5, 1, 2, 3, 4])).toBe('Mon–Fri');
  expect(daysInWords([7, 6, 1])).toBe('Mon, Sat, Sun');
});
