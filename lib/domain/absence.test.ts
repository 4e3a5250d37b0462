import { describe, expect, test } from 'vitest';
import { absenceOf, isAwake, wallClock } from './absence.ts';

const now = new Date('2026-11-22T12:00:00Z');
const form = { from: '2026-11-23T00:00', until: '2026-11-30T08:00', zone: 'Europe/Berlin', note: '' };

describe('an absence', () => {
  test('is on the wall of its zone', () => {
    expect(absenceOf(form, now)).toEqual({
      startsAt: new Date('2026-11-22T23:00:00Z'),
      endsAt: new Date('2026-11-30T07:00:00Z'),
    });
  });

  test('may have begun already', () => {
    expect(absenceOf({ ...form, from: '2026-11-01T00:00' }, now)).toHaveProperty('startsAt');
  });

  test.each<[string, Partial<typeof form>, string]>([
    ['a zone nobody knows', { zone: 'Mars/Base' }, 'zone'],
    ['no beginning', { from: '' }, 'from'],
    ['no end', { until: 'soon' }, 'until'],
    ['an end before its beginning', { until: '2026-11-22T23:59' }, 'until'],
    ['an end in the past', { from: '2026-11-01T00:00', until: '2026-11-22T12:59' }, 'until'],
    ['more than a year', { until: '2027-12-01T00:00' }, 'until'],
    ['a note that is too long', { note: 'x'.repeat(201) }, 'note'],
  ])('is none with %s', (_, change, field) => {
    expect(absenceOf({ ...form, ...change }, now)).toMatchObject({ faults: { [field]: expect.any(String) } });
  });
});

test('somebody is awake from 7 to 22 on their own wall; where no zone is known, nobody says', () => {
  const at = (time: string) => isAwake('Asia/Tokyo', new Date(`2026-11-22T${time}:00+09:00`));
  expect([at('06:59'), at('07:00'), at('21:59'), at('22:00')]).toEqual([false, true, true, false]);
  expect(isAwake(null, now)).toBeNull();
  expect(isAwake('Mars/Base', now)).toBeNull();
  expect(wallClock('Asia/Tokyo', now)).toBe('21:00');
  expect(wallClock(null, now)).toBeNull();
});
