import { expect, test } from 'vitest';
import { testFreeze, testRule, testStage } from './approval-testing.ts';
import { policyChanges } from './policy-changes.ts';
import { ruleInWords } from './rule-words.ts';

const policy = (rules = [testRule(1)], freezes = [] as ReturnType<typeof testFreeze>[]) => ({
  ...{ rules, freezes, endsBypassed: false },
});

test('a rule is one sentence', () => {
  const stages = [testStage(), testStage({ approvers: [{ is: 'manager' }, { is: 'owner' }], signatures: 2 })];
  const scopes = [{ id: '/subscriptions/s1', name: 'Production' }];
  const rule = testRule(1, { critical: true, planes: ['azure'], scopes, longerThanMinutes: 120 }, stages);
  expect(ruleInWords(rule)).toBe(
    'Critical Azure roles, at Production or below, longer than 2 h: 1 of sg-approvers, then 2 of the manager or the owner.',
  );
  expect(ruleInWords(testRule(1))).toBe('All roles: 1 of sg-approvers.');
});

test('what a version changes is said in words, also what the sentence leaves out', () => {
  expect(policyChanges(policy(), policy())).toEqual([]);
  expect(policyChanges(policy([]), policy())).toEqual([
    'Rule “Rule 1” is new: All roles: 1 of sg-approvers.',
  ]);
  expect(policyChanges(policy(), policy([]))[0]).toContain('is removed');
  expect(policyChanges(policy(), policy([testRule(1, { guests: true })]))[0]).toContain(
    'was: All roles: 1 of sg-approvers. It is now: All roles, asked by guests: 1 of sg-approvers.',
  );
  const [remind] = policyChanges(
    policy(),
    policy([testRule(1, {}, [testStage({ remindAfterMinutes: 30 })])]),
  );
  expect(remind).toContain('reminded after 30 min');
  const [one, two] = [testRule(1), testRule(2)];
  expect(policyChanges(policy([one, two]), policy([two, one]))).toEqual([
    'The order of the rules is now: Rule 2, Rule 1.',
  ]);
  expect(policyChanges(policy(), policy(undefined, [testFreeze(9)]))[0]).toContain(
    'Freeze “Freeze 9” is new',
  );
  expect(policyChanges(policy(), { ...policy(), endsBypassed: true })[0]).toContain('ended by the Applier');
});
