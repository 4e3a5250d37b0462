import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type OnCallPattern, patternFaults, startsOf } from './on-call.ts';
import { hour } from './time.ts';
import { fieldOfMoment } from './wall-time.ts';

const nights: OnCallPattern = {
  days: [5, 6],
  time: '18:00',
  zone: 'Europe/Berlin',
  from: '2026-10-19',
  until: '2026-11-01',
};
const now = new Date('2026-10-18T12:00:00Z');

test('it comes on its days at its hour on the wall, from the first day to the last', () => {
  expect(startsOf(nights).map((start) => start.toISOString())).toEqual([
    '2026-10-23T16:00:00.000Z',
    '2026-10-24T16:00:00.000Z',
    // The clocks have changed.
    '2026-10-30T17:00:00.000Z',
    '2026-10-31T17:00:00.000Z',
  ]);
});

test('whatever the zone and the change of its clocks: the right days, the right hour or the one after, in order', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia');
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
  const hours = fc.integer({ min: 0, max: 23 });
  const first = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  fc.assert(
    fc.property(zone, days, hours, first, (where, on, at, begin) => {
      const from = begin.toISOString().slice(0, 10);
      const until = new Date(Date.parse(from) + 27 * 24 * hour).toISOString().slice(0, 10);
      const time = `${String(at).padStart(2, '0')}:30`;
      const starts = startsOf({ days: on, time, zone: where, from, until });
      expect(starts).toHaveLength(4 * on.length);
      expect(starts.toSorted((one, other) => one.getTime() - other.getTime())).toEqual(starts);
      for (const start of starts) {
        const wall = new Date(`${fieldOfMoment(start, where)}Z`);
        expect(on).toContain(wall.getUTCDay() || 7);
        const late = (wall.getTime() % (24 * hour)) - (at + 0.5) * hour;
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThanOrEqual(hour);
      }
    }),
    { numRuns: 60 },
  );
});

describe('a pattern is refused', () => {
  test.each([
    ['days', { days: [] }],
    ['days', { days: [8] }],
    ['time', { time: '25:00' }],
    ['zone', { zone: 'Mars/Olympus' }],
    ['from', { from: '' }],
    ['until', { until: '2026-10-01' }],
    ['until', { until: '2027-03-01' }],
    ['from', { from: '0001-01-01' }],
    ['until', { from: '2026-10-19', until: '2026-10-20' }],
  ] as const)('by %s: %o', (field, change) => {
    expect(Object.keys(patternFaults({ ...nights, ...change }, [60], now))).toContain(field);
  });

  test('when one would still be on as the next begins', () => {
    expect(patternFaults(nights, [60, 24 * 60], now)).toEqual({});
    expect(patternFaults({ ...nights, days: [1, 2, 3, 4, 5, 6, 7] }, [24 * 60 + 1], now)).toHaveProperty(
      'minutes',
    );
  });
});

test('one that is right is taken', () => {
  expect(patternFaults(nights, [720], now)).toEqual({});
});
