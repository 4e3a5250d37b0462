import { expect, test } from 'vitest';
import { actionsWords, addsWords } from './adds-words.ts';

test('a wildcard is never counted as one action', () => {
  expect(actionsWords({ actions: 1, exceptions: 0, sample: ['*'] })).toBe('every action');
  expect(actionsWords({ actions: 1, exceptions: 6, sample: ['*'] })).toBe('every action, with exceptions');
  expect(actionsWords({ actions: 2, exceptions: 0, sample: ['a/read', 'a/b/*'] })).toBe(
    '2 actions, wildcards among them',
  );
  expect(actionsWords({ actions: 1, exceptions: 0, sample: ['a/read'] })).toBe('1 action');
});

test('what is there already is named, and not knowing is not having nothing', () => {
  const held = (roleName: string, isSame = false) => ({ roleName, scopeName: 'S', isSame, endsAt: null });
  const role = { actions: 6, exceptions: 0, sample: ['a/read'] };
  const adds = (holds: Parameters<typeof addsWords>[0]['holds'], plane: 'azure' | 'group' = 'azure') =>
    addsWords({ plane, role, holds });
  expect(adds(null)).toBe('6 actions, and what they hold there now is not known');
  expect(adds([])).toBe('6 actions, where they hold nothing now');
  expect(adds(['Reader', 'A', 'B', 'C', 'Reader'].map((name) => held(name)))).toBe(
    '6 actions, on top of Reader, A, B and 1 more',
  );
  expect(adds([held('Owner', true), held('Reader')])).toBe('6 actions, which they hold there already');
  expect(adds([], 'group')).toBe('the group and what it holds, where they hold nothing now');
});
