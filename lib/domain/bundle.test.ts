import { expect, test } from 'vitest';
import { inOrder, mayKeepBundle } from './bundle.ts';

const order = (wanted: Record<string, string[]>) =>
  Object.fromEntries(
    [...inOrder(Object.entries(wanted).map(([key, givers]) => ({ key, givers })))].map(
      ([key, { after, depth }]) => [key, [after, depth]],
    ),
  );

test('a group comes before what it gives, also through a second group', () => {
  expect(order({ role: ['inner'], inner: ['outer'], outer: [], other: [] })).toEqual({
    role: ['inner', 2],
    inner: ['outer', 1],
    outer: [null, 0],
    other: [null, 0],
  });
});

test('what is not asked for with it holds nothing back', () => {
  expect(order({ role: ['absent'] })).toEqual({ role: [null, 0] });
});

test('of two groups that give it, one is enough', () => {
  expect(order({ role: ['one', 'two'], one: ['role'], two: [] })).toMatchObject({ role: ['two', 1] });
});

test('a circle of groups ends, after nothing', () => {
  expect(order({ one: ['two'], two: ['one'] })).toEqual({ one: [null, 2], two: [null, 2] });
});

test('a bundle is its owner’s to change, and an administrator’s once it is shared', () => {
  const me = { objectId: 'me', roles: [] };
  const administrator = { objectId: 'she', roles: ['Stint.Administrator' as const] };
  expect([true, false].map((shared) => mayKeepBundle(me, { ownerId: 'me', shared }))).toEqual([false, true]);
  expect([true, false].map((shared) => mayKeepBundle(administrator, { ownerId: 'me', shared }))).toEqual([
    true,
    false,
  ]);
});
