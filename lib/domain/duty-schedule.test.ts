import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DutyRotation, dutiesBetween, onDutyAt, rotationFaults } from './duty-schedule.ts';

const ada = { id: 'ada', name: 'Ada' };
const bo = { id: 'bo', name: 'Bo' };
const cy = { id: 'cy', name: 'Cy' };
const weekly: DutyRotation = {
  zone: 'Europe/Berlin',
  people: [ada, bo, cy],
  weekday: 1,
  time: '09:00',
  lengthDays: 7,
  from: '2026-10-14',
};
const on = (moment: string, rotation = weekly) => onDutyAt(rotation, [], new Date(moment))?.person.id ?? null;

test('nobody is on call before the first hand-over: the first such day on the wall of the zone', () => {
  // The 14th is a Wednesday; the first Monday is the 19th, 09:00 in Berlin is 07:00 UTC.
  expect(on('2026-10-19T06:59:59Z')).toBeNull();
  expect(on('2026-10-19T07:00:00Z')).toBe('ada');
});

test('the hand-over stays at its hour of the wall when the clocks change', () => {
  // They change on 25 October: 09:00 in Berlin is 08:00 UTC from then on.
  expect(on('2026-10-26T07:59:59Z')).toBe('ada');
  expect(on('2026-10-26T08:00:00Z')).toBe('bo');
  expect(on('2026-11-09T08:00:00Z')).toBe('ada');
});

test('a hand-over in an hour that does not exist is the hour after, and one that comes twice is the first', () => {
  const nightly: DutyRotation = { ...weekly, weekday: 7, time: '02:30', lengthDays: 1, from: '2026-03-28' };
  // The first Sunday is the 29th of March, when 02:30 is 03:30 summer time: 01:30 UTC.
  expect(on('2026-03-29T01:29:00Z', nightly)).toBeNull();
  expect(on('2026-03-29T01:30:00Z', nightly)).toBe('ada');
  const autumn: DutyRotation = { ...nightly, from: '2026-10-18' };
  // On 25 October 02:30 is at 00:30 UTC and again an hour later.
  expect(on('2026-10-25T00:29:00Z', autumn)).toBe('ada');
  expect(on('2026-10-25T00:30:00Z', autumn)).toBe('bo');
  expect(on('2026-10-25T01:30:00Z', autumn)).toBe('bo');
});

test('an override counts for its time, and of two the one made last', () => {
  const time = (from: string, until: string) => ({ startsAt: new Date(from), endsAt: new Date(until) });
  const overrides = [
    { person: cy, ...time('2026-11-03T00:00:00Z', '2026-11-05T00:00:00Z') },
    { person: bo, ...time('2026-11-04T00:00:00Z', '2026-11-04T12:00:00Z') },
  ];
  const who = (moment: string) => onDutyAt(weekly, overrides, new Date(moment))?.person.id;
  expect(['2026-11-03T00:00:00Z', '2026-11-04T00:00:00Z', '2026-11-05T00:00:00Z'].map(who)).toEqual([
    'cy',
    'bo',
    'cy',
  ]);
  const weeks = dutiesBetween(
    weekly,
    overrides,
    new Date('2026-11-02T08:00:00Z'),
    new Date('2026-11-16T08:00:00Z'),
  );
  expect(weeks.map(({ person, startsAt }) => `${startsAt.toISOString().slice(0, 13)} ${person.id}`)).toEqual([
    '2026-11-02T08 cy',
    '2026-11-03T00 cy',
    '2026-11-04T00 bo',
    '2026-11-04T12 cy',
    '2026-11-05T00 cy',
    '2026-11-09T08 ada',
  ]);
});

test('at any moment after the first there is one on duty, within the stretch that is told', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
  const moments = fc.date({
    min: new Date('2026-11-01'),
    max: new Date('2029-01-01'),
    noInvalidDate: true,
  });
  const hours = fc.constantFrom('00:00', '02:00', '02:30', '09:00', '23:45');
  fc.assert(
    fc.property(zones, moments, hours, fc.integer({ min: 1, max: 15 }), (zone, moment, time, lengthDays) => {
      const duty = onDutyAt({ ...weekly, zone, time, lengthDays }, [], moment);
      expect(duty && duty.startsAt <= moment && moment < duty.endsAt).toBe(true);
    }),
  );
});

test('what is wrong with a schedule is said field by field', () => {
  expect(rotationFaults('Platform', weekly)).toEqual({});
  const broken = { ...weekly, zone: 'Mars/Olympus', people: [], lengthDays: 0, time: '25:00', from: '' };
  expect(Object.keys(rotationFaults('', broken)).sort()).toEqual(
    ['from', 'lengthDays', 'name', 'people', 'time', 'zone'].sort(),
  );
});
