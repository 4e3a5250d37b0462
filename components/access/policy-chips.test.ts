import { expect, test } from 'vitest';
import { type PolicyFacts, unknownPolicy } from '#lib/domain/policy.ts';
import { chipsOf } from './policy-chips.ts';

const safe = { dangers: [], critical: false };
const policy: PolicyFacts = { ...unknownPolicy, maximumMinutes: 240 };
const bo = { id: 'b', name: 'Bo Okafor', through: null };
const texts = (facts: Parameters<typeof chipsOf>[0]) => chipsOf(facts).map(({ text }) => text);

test('the longest window comes first, then what is asked for', () => {
  expect(texts({ ...safe, policy: { ...policy, ticket: true, mfa: true } })).toEqual([
    '≤ 4 h',
    'reason',
    'ticket',
    'MFA',
  ]);
});

test('an approval names two people and counts the rest, and never claims that nobody decides', () => {
  const asks = { ...policy, justification: false, approval: true };
  const three = [bo, { ...bo, name: 'Cy Tran' }, { ...bo, name: 'Dana Roy' }];
  expect(texts({ ...safe, policy: { ...asks, approvers: three } })).toContain(
    'approval: Bo Okafor, Cy Tran +1',
  );
  expect(texts({ ...safe, policy: { ...asks, approvers: [] } })).toContain('approval: PIM’s administrators');
});

test('a policy that was not read is said so, not taken for an easy one', () => {
  expect(texts({ ...safe, policy: null })).toEqual(['rules not read yet']);
});

test('dangers are red, two by name and the rest counted', () => {
  const dangers = ['can assign roles', 'reads secrets', 'opens networks'].map((what) => ({
    what,
    action: what,
  }));
  const red = chipsOf({ policy, dangers, critical: true }).filter(({ tone }) => tone === 'risk');
  expect(red.map(({ text }) => text)).toEqual(['privileged', 'can assign roles', 'reads secrets', '+1 more']);
});
