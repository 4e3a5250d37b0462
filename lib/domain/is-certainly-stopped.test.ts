import { expect, test } from 'vitest';
import type { ApprovalPolicy, AskFacts } from './approval-policy.ts';
import { judgeApproval } from './approval-rules.ts';
import { testAsk, testAutomatic, testFreeze, testId, testRule } from './approval-testing.ts';
import { isCertainlyStopped } from './is-certainly-stopped.ts';

const named = [{ id: testId(7), name: 'Leads' }];
const now = { from: '2026-11-22T00:00:00Z', until: '2026-11-23T00:00:00Z' };
const unread = { requester: { id: testId(1), groupIds: null, isGuest: null } };

function isStopped(facts: Partial<ApprovalPolicy>, ask: Partial<AskFacts> = {}) {
  const policy = { rules: [], freezes: [], endsBypassed: true, ...facts };
  return isCertainlyStopped(policy, judgeApproval(policy, { ...testAsk, ...ask }).trail);
}

test('what a rule with stages is known to be about is stopped', () => {
  expect(isStopped({ rules: [testRule(1)] })).toBe(true);
  expect(isStopped({ rules: [testRule(1, { planes: ['group'] })] })).toBe(false);
  expect(isStopped({ rules: [testRule(1, { groups: named })] }, unread)).toBe(false);
});

test('where an automatic rule before it may be about it, it is not certain', () => {
  const rules = [testAutomatic(1, { inChangeWindow: true }), testRule(2)];
  expect(isStopped({ rules }, { isInChangeWindow: null })).toBe(false);
  expect(isStopped({ rules }, { isInChangeWindow: false })).toBe(true);
  expect(isStopped({ rules: rules.toReversed() }, { isInChangeWindow: null })).toBe(true);
});

test('a freeze stops it that is known to be about it, and from which the person is known not to be exempt', () => {
  expect(isStopped({ freezes: [testFreeze(3, now)] })).toBe(true);
  expect(isStopped({ freezes: [testFreeze(3, { except: named, ...now })] })).toBe(true);
  expect(isStopped({ freezes: [testFreeze(3, { except: named, ...now })] }, unread)).toBe(false);
});
