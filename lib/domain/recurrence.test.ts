import { expect, test } from 'vitest';
import { daysLater } from './recurrence.ts';

const later = (from: string, days: number, zone: string, hourOf = from) =>
  daysLater(new Date(from), days, zone, new Date(hourOf)).toISOString();

test('an opening keeps its hour on the wall when the clocks change in between', () => {
  // 08:00 in Stockholm, winter and summer.
  expect(later('2026-03-01T07:00:00.000Z', 90, 'Europe/Stockholm')).toBe('2026-05-30T06:00:00.000Z');
  expect(later('2026-09-01T06:00:00.000Z', 90, 'Europe/Stockholm')).toBe('2026-11-30T07:00:00.000Z');
  expect(later('2026-03-01T07:00:00.000Z', 90, 'UTC')).toBe('2026-05-30T07:00:00.000Z');
});

test('an hour that is left out in spring is the hour after, and the next time it is itself again', () => {
  const first = '2026-03-28T01:30:00.000Z'; // 02:30 in Stockholm
  const gap = later(first, 1, 'Europe/Stockholm');
  expect(gap).toBe('2026-03-29T01:30:00.000Z'); // 03:30: there is no 02:30
  expect(later(gap, 1, 'Europe/Stockholm', first)).toBe('2026-03-30T00:30:00.000Z');
});

test('an hour that comes twice in autumn is the first', () => {
  expect(later('2026-10-24T00:30:00.000Z', 1, 'Europe/Stockholm')).toBe('2026-10-25T00:30:00.000Z');
  expect(later('2026-10-31T05:30:00.000Z', 1, 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
});

test('zones behind UTC, with odd offsets and the other half of the year', () => {
  expect(later('2026-04-04T12:00:00.000Z', 1, 'Australia/Lord_Howe')).toBe('2026-04-05T12:30:00.000Z');
  expect(later('2026-01-01T02:00:00.000Z', 1, 'America/Los_Angeles')).toBe('2026-01-02T02:00:00.000Z');
  expect(later('2026-01-01T00:00:00.000Z', 30, 'Asia/Kathmandu')).toBe('2026-01-31T00:00:00.000Z');
});
