import { expect, test } from 'vitest';
import { keepPlaces } from './keep-places.ts';

const cards = (...ids: string[]) => ids.map((id) => ({ id }));
const none = new Map<string, string>();
const first = keepPlaces([], cards('a', 'b', 'c'), none, true);
const shown = (placed: typeof first) => placed.map(({ item, settled }) => [item.id, settled]);

test('what is new comes last, whatever its order on the server: nothing moves under the pointer', () => {
  expect(shown(keepPlaces(first, cards('x', 'a', 'b', 'c'), none, true))).toEqual([
    ['a', null],
    ['b', null],
    ['c', null],
    ['x', null],
  ]);
});

test('what was decided elsewhere stays in its place and says by whom', () => {
  const told = new Map([['b', 'Bo Okafor approved this.']]);
  const after = keepPlaces(first, cards('a', 'c'), told, true);
  expect(shown(after)).toEqual([
    ['a', null],
    ['b', 'Bo Okafor approved this.'],
    ['c', null],
  ]);
  // It is told for a while only: who has read it once still sees it.
  expect(shown(keepPlaces(after, cards('a', 'c'), none, true))[1]).toEqual(['b', 'Bo Okafor approved this.']);
});

test('what may only have moved to the next page is not called gone', () => {
  expect(shown(keepPlaces(first, cards('x', 'a', 'b'), none, false))[2]).toEqual(['c', null]);
  expect(shown(keepPlaces(first, cards('x', 'a', 'b'), none, true))[2]).toEqual([
    'c',
    'This does not wait for you any more.',
  ]);
});

test('what waits again is alive again, in its place', () => {
  const after = keepPlaces(first, cards('a', 'c'), new Map([['b', 'You approved this.']]), true);
  expect(shown(keepPlaces(after, cards('a', 'c', 'b'), none, true))[1]).toEqual(['b', null]);
});
