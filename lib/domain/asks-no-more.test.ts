import { expect, test } from 'vitest';
import type { Stage } from './approval-policy.ts';
import { asksNoMore } from './asks-no-more.ts';

const group = (id: string) => ({ is: 'group' as const, id, name: id });
const stage = (change: Partial<Stage> = {}): Stage => ({
  name: 'Team',
  approvers: [group('a')],
  signatures: 1,
  excluded: [],
  remindAfterMinutes: null,
  escalation: null,
  ...change,
});
const owners = stage({ approvers: [{ is: 'owner' }] });

test('stages give what as many or fewer of the same would ask, in their order', () => {
  expect(asksNoMore([stage(), owners], [stage(), owners])).toBe(true);
  expect(asksNoMore([stage(), owners], [owners])).toBe(true);
  expect(asksNoMore([stage({ signatures: 2 })], [stage()])).toBe(true);
  expect(asksNoMore([stage()], [stage({ approvers: [group('a'), group('b')] })])).toBe(true);
  expect(asksNoMore([stage()], [])).toBe(true);
});

test('another stage, another order, more signatures, other people or more excluded is more', () => {
  expect(asksNoMore([stage()], [stage(), owners])).toBe(false);
  expect(asksNoMore([stage(), owners], [owners, stage()])).toBe(false);
  expect(asksNoMore([stage()], [stage({ signatures: 2 })])).toBe(false);
  expect(asksNoMore([stage()], [owners])).toBe(false);
  expect(asksNoMore([stage({ approvers: [group('a'), group('b')] })], [stage()])).toBe(false);
  expect(asksNoMore([stage()], [stage({ excluded: [group('x')] })])).toBe(false);
  const escalated = stage({ escalation: { afterMinutes: 60, approvers: [group('b')] } });
  expect(asksNoMore([escalated], [stage()])).toBe(false);
  // One stage stands for one: not for two that ask the same.
  expect(asksNoMore([stage()], [stage(), stage()])).toBe(false);
});
