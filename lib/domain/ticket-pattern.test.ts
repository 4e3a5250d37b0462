import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultOfPattern, fits, idIn } from './ticket-pattern.ts';

test.each([
  ['INC{n}', 'INC0012345', '0012345'],
  ['INC{n}', 'inc7', '7'],
  ['AB#{n}', 'AB#42', '42'],
  ['team{n}-{n}', 'team3-99', '99'],
  ['{any}-{n}', 'OPS-12', '12'],
  ['REQ/{any}', 'req/a.b', 'req/a.b'],
])('%s takes %s, whose own number is %s', (pattern, number, id) => {
  expect(fits([pattern], number)).toBe(true);
  expect(idIn([pattern], number)).toBe(id);
});

test.each([
  ['INC{n}', 'INC'],
  ['INC{n}', 'XINC1'],
  ['INC{n}', 'INC1 or 2'],
  ['a.c{n}', 'abc1'],
  ['REQ/{any}', 'REQ/a b'],
])('%s does not take %s', (pattern, number) => expect(fits([pattern], number)).toBe(false));

test.each(['INC', '{number}', '{n', 'a'.repeat(61), '{n}{n}{n}{n}'])('%s is no pattern', (pattern) => {
  expect(faultOfPattern(pattern)).not.toBeNull();
});

test('what is not in braces means itself, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), fc.nat(), (text, n) => {
      fc.pre(!/[{}]/.test(text));
      expect(fits([`${text}{n}`], `${text}${n}`)).toBe(true);
    }),
  );
});
