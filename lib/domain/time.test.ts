import fc from 'fast-check';
import { expect, test } from 'vitest';
import { durationOf, inWords, minutesBetween, minutesOf, plusMinutes, secondsInWords } from './time.ts';

test.each([
  ['PT30M', 30],
  ['PT8H', 480],
  ['PT1H30M', 90],
  ['P1D', 1440],
  ['P1DT1H', 1500],
  ['PT90S', 1],
  ['PT2M30S', 2],
  ['PT0S', 0],
])('an ISO duration %s is %i whole minutes', (duration, minutes) => {
  expect(minutesOf(duration)).toBe(minutes);
});

test.each(['', 'P', 'PT', 'P1DT', '30', '8h', 'PT8', 'P1M', 'P1Y', '-PT5M', 'pt8h', ' PT8H', 'PT8H\n'])(
  'what is not a duration of days, hours, minutes and seconds is none: %j',
  (text) => {
    expect(minutesOf(text)).toBeNull();
  },
);

test('minutes survive the way to Azure and back', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 600_000 }), (n) => minutesOf(durationOf(n)) === n));
});

test.each([
  [0, '0 min'],
  [1, '1 min'],
  [59, '59 min'],
  [60, '1 h'],
  [90, '1 h 30 min'],
  [480, '8 h'],
  [1439, '23 h 59 min'],
  [1440, '1 d'],
  [2880, '2 d'],
  [1501, '1 d 1 h 1 min'],
  [59.6, '1 h'],
  [-5, '0 min'],
])('%d minutes are said as “%s”', (minutes, words) => {
  expect(inWords(minutes)).toBe(words);
});

test('a length is never negative, and rounds to whole minutes', () => {
  const from = new Date('2026-03-01T10:00:00Z');
  expect(minutesBetween(from, plusMinutes(from, 90))).toBe(90);
  expect(minutesBetween(plusMinutes(from, 90), from)).toBe(0);
  expect(minutesBetween(from, new Date(from.getTime() + 89_000))).toBe(1);
});

test('seconds are told as people wait for them', () => {
  expect([0.4, 8, 59.6, 80, 120, 299, 300, 3_700].map(secondsInWords)).toEqual([
    '0 s',
    '8 s',
    '1 min',
    '1 min 20 s',
    '2 min',
    '4 min 59 s',
    '5 min',
    '1 h 2 min',
  ]);
});
