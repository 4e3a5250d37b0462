import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hour } from './time.ts';
import { fieldOfMoment, isTimeZone, momentOfField, onWall, whenWallShows } from './wall-time.ts';

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
];
const zone = fc.constantFrom(...zones);
const moments = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2031-01-01'), noInvalidDate: true })
  .map((at) => new Date(Math.floor(at.getTime() / 60_000) * 60_000));

test('what the wall shows is found again, as the first moment that shows it', () => {
  fc.assert(
    fc.property(moments, zone, (at, where) => {
      const found = whenWallShows(onWall(at, where), where);
      expect(onWall(found, where)).toBe(onWall(at, where));
      expect(found.getTime()).toBeLessThanOrEqual(at.getTime());
      expect(at.getTime() - found.getTime()).toBeLessThanOrEqual(hour);
    }),
  );
});

test('any time on any wall is a moment at most an hour from what was asked', () => {
  fc.assert(
    fc.property(moments, zone, (wall, where) => {
      const found = whenWallShows(wall.getTime(), where);
      const late = onWall(found, where) - wall.getTime();
      expect(late).toBeGreaterThanOrEqual(0);
      expect(late).toBeLessThanOrEqual(hour);
    }),
  );
});

test('later on the wall is never earlier in time, except in the hour that comes twice', () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 61, max: 3 * 1440 }), zone, (wall, minutes, where) => {
      const later = whenWallShows(wall.getTime() + minutes * 60_000, where);
      expect(later.getTime()).toBeGreaterThanOrEqual(whenWallShows(wall.getTime(), where).getTime());
    }),
  );
});

test('a field of date and time and the moment it means', () => {
  expect(momentOfField('2026-07-01T08:00', 'Europe/Berlin')?.toISOString()).toBe('2026-07-01T06:00:00.000Z');
  expect(fieldOfMoment(new Date('2026-07-01T06:00:00Z'), 'Europe/Berlin')).toBe('2026-07-01T08:00');
  // There is no 02:30 that night, and 02:30 comes twice.
  expect(momentOfField('2026-03-29T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  expect(momentOfField('2026-10-25T02:30', 'Europe/Berlin')?.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  expect(momentOfField('tomorrow', 'Europe/Berlin')).toBeNull();
  expect(momentOfField('2026-13-40T08:00', 'Europe/Berlin')).toBeNull();
});

test('a name that is no zone is none', () => {
  expect([isTimeZone('Europe/Berlin'), isTimeZone('Mars/Olympus')]).toEqual([true, false]);
});
