import { expect, test } from 'vitest';
import { reachIn, reachWords } from './scope-reach.ts';

const group = (name: string) => `/providers/microsoft.management/managementgroups/${name}`;
const below = (parent: string, id: string) => ({
  ...{ id, parentId: group(parent), name: id.split('/').at(-1) ?? '' },
  kind: id.startsWith('/subscriptions/') ? ('subscription' as const) : ('management_group' as const),
});
const tree = [
  ...[below('root', group('platform')), below('platform', group('prod')), below('root', '/subscriptions/c')],
  ...[below('prod', '/subscriptions/b'), below('platform', '/subscriptions/a')],
];
const reach = reachIn(tree);

test('a management group reaches all that hangs below it, whatever the case it is written in', () => {
  expect(reach('/providers/Microsoft.Management/managementGroups/Platform')).toEqual({
    subscriptions: ['a', 'b'],
    managementGroups: ['prod'],
  });
  expect(reach(group('root'))?.subscriptions).toEqual(['a', 'b', 'c']);
  expect(reach(group('prod'))).toEqual({ subscriptions: ['b'], managementGroups: [] });
});

test('Azure’s own root reaches everything; a subscription has a path of its own, and what nobody knows has none', () => {
  expect(reach('/')?.subscriptions).toEqual(['a', 'b', 'c']);
  expect(reach('/subscriptions/a')).toBeNull();
  expect(reach(group('elsewhere'))).toBeNull();
  expect(reachIn([])('/')).toBeNull();
});

test('a ring, should Azure ever tell one, has an end', () => {
  const ring = reachIn([below('a', group('b')), below('b', group('a'))]);
  expect(ring(group('a'))?.managementGroups).toEqual(['a', 'b']);
});

test('in words: how much, by name, the first ten', () => {
  expect(reachWords({ subscriptions: ['a', 'b'], managementGroups: ['prod'] })).toBe(
    '1 management group, 2 subscriptions: a, b',
  );
  expect(reachWords({ subscriptions: [], managementGroups: [] })).toBe('no subscription');
  const many = Array.from({ length: 12 }, (_, n) => `s${n}`);
  expect(reachWords({ subscriptions: many, managementGroups: [] })).toMatch(
    /^12 subscriptions: .* and 2 more$/,
  );
});
