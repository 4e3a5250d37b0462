import { expect, test } from 'vitest';
import type { ApprovalPolicy, ApprovalRule, Stage } from './approval-policy.ts';
import { approvalPolicyFaults } from './approval-policy-faults.ts';
import { testAutomatic, testFreeze, testId, testRule, testStage } from './approval-testing.ts';

const of = (rules: ApprovalRule[], facts: Partial<ApprovalPolicy> = {}) =>
  approvalPolicyFaults({ rules, freezes: [], endsBypassed: false, ...facts });
const first = (rules: ApprovalRule[]) => of(rules)[0]?.at;
const person = (n: number) => ({ is: 'person' as const, id: testId(n), name: `P${n}` });
const withStage = (facts: Partial<Stage>) => [testRule(1, {}, [testStage(facts)])];

test('a good policy has no fault', () => {
  expect(of([testRule(1), testAutomatic(2)], { freezes: [testFreeze(3)] })).toEqual([]);
});

test.each<[string, ApprovalRule[], string]>([
  ['no stage', [testRule(1, {}, [])], 'rules.0.stages'],
  ['a stage that nobody signs', withStage({ approvers: [] }), 'rules.0.stages.0.approvers'],
  ['no signature', withStage({ signatures: 0 }), 'rules.0.stages.0.signatures'],
  [
    'more signatures than people',
    withStage({ approvers: [person(1), person(1)], signatures: 2 }),
    'rules.0.stages.0.signatures',
  ],
  [
    'more signatures than people who are not excluded',
    withStage({
      approvers: [person(1), person(2)],
      signatures: 2,
      excluded: [{ id: testId(2), name: 'P2' }],
    }),
    'rules.0.stages.0.signatures',
  ],
  [
    'a name for an id',
    withStage({ approvers: [{ is: 'group', id: 'admins', name: 'admins' }] }),
    'rules.0.stages.0.approvers',
  ],
  [
    'an escalation at once',
    withStage({ escalation: { afterMinutes: 0, approvers: [person(1)] } }),
    'rules.0.stages.0.escalation.afterMinutes',
  ],
  [
    'an escalation to nobody',
    withStage({ escalation: { afterMinutes: 60, approvers: [] } }),
    'rules.0.stages.0.escalation.approvers',
  ],
  [
    'a zone nobody knows',
    [testRule(1, { hours: { zone: 'Mars/Olympus', days: [1], from: '18:00', until: '08:00' } })],
    'rules.0.when.hours.zone',
  ],
  ['one id twice', [testRule(1), testRule(1)], 'rules.1.id'],
  [
    'an automatic rule of any length',
    [testAutomatic(1, { atMostMinutes: null })],
    'rules.0.when.atMostMinutes',
  ],
  ['a long automatic rule', [testAutomatic(1, { atMostMinutes: 481 })], 'rules.0.when.atMostMinutes'],
  [
    'an automatic rule about whatever is critical',
    [testAutomatic(1, { critical: true })],
    'rules.0.when.roles',
  ],
  [
    'an automatic rule about critical roles it names, whoever asks whenever',
    [testAutomatic(1, { critical: true, roles: [{ id: 'x', name: 'X', plane: 'azure' }] })],
    'rules.0.when.onCall',
  ],
  [
    'lengths that exclude each other',
    [testRule(1, { longerThanMinutes: 60, atMostMinutes: 60 })],
    'rules.0.when.longerThanMinutes',
  ],
])('%s is a fault of its field', (_, rules, at) => expect(first(rules)).toBe(at));

test('as many signatures as people is enough, and a group may bring more', () => {
  expect(of(withStage({ approvers: [person(1), person(2)], signatures: 2 }))).toEqual([]);
  expect(of(withStage({ signatures: 2 }))).toEqual([]);
});

test('a freeze ends after it begins, and 200 rules are the most', () => {
  const backwards = testFreeze(1, { from: '2027-01-01T00:00:00Z', until: '2026-12-01T00:00:00Z' });
  expect(of([], { freezes: [backwards] })[0]?.at).toBe('freezes.0.until');
  const many = Array.from({ length: 201 }, (_, n) => testRule(n + 1));
  expect(first(many)).toBe('rules');
  expect(first(many.slice(1))).toBeUndefined();
});
