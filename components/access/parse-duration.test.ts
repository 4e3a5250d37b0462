import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inWords } from '#lib/domain/time.ts';
import { parseDuration } from './parse-duration.ts';

test.each([
  ['30', 30],
  ['30 min', 30],
  ['30m', 30],
  [' 45 minutes ', 45],
  ['90', 90],
  ['1 h', 60],
  ['1h30', 90],
  ['1 h 30 min', 90],
  ['1H 5', 65],
  ['2 hours', 120],
  ['1.5 h', 90],
  ['0,25h', 15],
  ['1:30', 90],
  ['0:45', 45],
  ['1 d', 1440],
  ['1 d 2 h', 1560],
  ['PT1H', 60],
  ['pt1h30m', 90],
  ['P1D', 1440],
])('%s is %i minutes', (text, minutes) => expect(parseDuration(text)).toBe(minutes));

test.each([
  '',
  ' ',
  'soon',
  '-5',
  '1:75',
  '1h90',
  '1.5',
  'P',
  'PT',
  '1 h 30 x',
  '1e3',
  '٣٠',
  '30 s',
  'h',
  'min',
])('“%s” is not a length', (text) => expect(parseDuration(text)).toBeNull());

test('a length in Stint’s own words reads back as itself', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 * 1440 }),
      (minutes) => parseDuration(inWords(minutes)) === minutes,
    ),
  );
});
