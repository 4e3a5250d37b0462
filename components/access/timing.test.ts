import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endFault, lengthOf, startOf } from './timing.ts';

const from = new Date('2026-11-22T14:12:40Z');

describe('a length may be typed as an end', () => {
  test.each([
    ['45 min', 45],
    ['until 15:30', 77],
    ['Until 15:12', 59],
    ['until 9:00', 18 * 60 + 47],
    ['until 2026-11-22 15:30', 77],
    ['until 2026-11-22 13:00', -73],
    ['until noon', null],
    ['until 24:00', null],
  ])('%s', (text, minutes) => {
    expect(lengthOf(text, from, 'UTC')).toBe(minutes);
  });

  test('on the wall of the zone that is chosen', () => {
    expect(lengthOf('until 17:30', from, 'Europe/Berlin')).toBe(137);
    expect(lengthOf('until 10:00', from, 'America/New_York')).toBe(47);
  });

  test('across a night on which the clocks change, it is what passes and not what the wall says', () => {
    const eve = new Date('2026-10-24T20:00:00Z'); // 22:00 in Berlin, the night of 25 hours
    expect(lengthOf('until 06:00', eve, 'Europe/Berlin')).toBe(9 * 60);
    const spring = new Date('2026-03-28T21:00:00Z'); // 22:00, the night of 23
    expect(lengthOf('until 06:00', spring, 'Europe/Berlin')).toBe(7 * 60);
  });

  test('never ends after the time that was typed, and less than a day and an hour ahead', () => {
    const time = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    fc.assert(
      fc.property(moment, time, zone, (start, [hours, minutes], where) => {
        const text = `until ${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        const length = lengthOf(text, start, where);
        expect(length).toBeGreaterThanOrEqual(0);
        expect(length).toBeLessThanOrEqual(25 * 60 + 60);
      }),
    );
  });
});

test('an end before the start is refused, and one too late with the latest that is allowed', () => {
  expect(endFault('until 2026-11-22 13:00', 60, from, 'UTC')).toBe('The end is before the start.');
  expect(endFault('until 16:00', 60, from, 'UTC')).toMatch(/The latest end is Sun,? 22 Nov, 15:12/);
  expect(endFault('until 15:00', 60, from, 'UTC')).toBeNull();
  expect(endFault('9 h', 60, from, 'UTC')).toBeNull();
});

test('a start is read on the wall of the zone that is chosen', () => {
  expect(startOf({ startsAt: '2026-11-23T08:00', zone: 'Asia/Tokyo' })?.toISOString()).toBe(
    '2026-11-22T23:00:00.000Z',
  );
  expect(startOf({ startsAt: '', zone: 'Asia/Tokyo' })).toBeNull();
});
