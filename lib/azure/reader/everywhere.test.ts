import { expect, test } from 'vitest';
import type { ReaderCalls } from './calls.ts';
import { readEverywhere } from './everywhere.ts';

const naming = (...groups: string[]) =>
  ({
    graph: async () => ({
      list: async (path: string) => (path.startsWith('/beta/') ? groups.map((id) => ({ id })) : []),
    }),
  }) as unknown as ReaderCalls;

test('a list of groups that names none is a gap where groups are known, and none where they are not', async () => {
  const read = (groups: string[], known: string[]) => readEverywhere(naming(...groups), 'group', known);
  expect(await read([], ['g1'])).toMatchObject({
    places: ['g1'],
    gaps: [{ place: 'groups Stint has not met' }],
  });
  expect((await read([], [])).gaps).toEqual([]);
  expect(await read(['G2'], ['g1'])).toMatchObject({ places: ['g1', 'g2'], gaps: [] });
});
