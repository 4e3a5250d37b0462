import { describe, expect, test } from 'vitest';
import { silenceMeanings } from './campaign.ts';
import { bySilence, choicesOf, type Decidable, faultOf } from './review-decision.ts';

const item: Decidable = {
  ...{ plane: 'entra', kind: 'standing', principalKind: 'member', isCritical: true, way: 'assignment' },
};
const plan = { reasonToKeepCritical: true };
const decided = { decision: 'keep', rationale: '', isBulk: false, hasSeenGroup: false } as const;
const fault = (facts: object, how: object, rules = plan) =>
  faultOf({ ...item, ...facts }, { ...decided, ...how }, rules)?.code ?? null;

describe('a reason is needed', () => {
  test('to remove and to make eligible, always', () => {
    expect(fault({ isCritical: false }, { decision: 'remove' })).toBe('rationale_missing');
    expect(fault({ isCritical: false }, { decision: 'make_eligible' })).toBe('rationale_missing');
  });
  test('to keep a critical role, where the plan says so', () => {
    expect(fault({}, {})).toBe('rationale_missing');
    expect(fault({}, {}, { reasonToKeepCritical: false })).toBeNull();
    expect(fault({ isCritical: false }, {})).toBeNull();
  });
  test('for many at once', () => {
    expect(fault({ isCritical: false }, { isBulk: true })).toBe('rationale_missing');
    expect(fault({ isCritical: false }, { isBulk: true, rationale: 'Seen' })).toBeNull();
  });
  test('of 500 characters at the most', () => {
    expect(fault({}, { rationale: 'x'.repeat(501) })).toBe('rationale_too_long');
  });
});

test('only standing access of people and groups, held by themselves, can be made eligible', () => {
  const may = (facts: object) => choicesOf({ ...item, ...facts }).includes('make_eligible');
  expect([may({}), may({ principalKind: 'guest' }), may({ principalKind: 'group' })]).toEqual([
    ...[true, true, true],
  ]);
  for (const principalKind of ['service_principal', 'managed_identity', 'agent', 'unknown'])
    expect(may({ principalKind })).toBe(false);
  for (const kind of ['eligible', 'time_bound']) expect(may({ kind })).toBe(false);
  expect(fault({ way: 'membership' }, { decision: 'make_eligible', rationale: 'So' })).toBe(
    'cannot_be_eligible',
  );
});

test('only a standing role that a workload holds itself can be given an end', () => {
  const may = (facts: object) => choicesOf({ ...item, ...facts }).includes('make_time_bound');
  for (const principalKind of ['service_principal', 'managed_identity', 'agent']) {
    expect(may({ principalKind })).toBe(true);
    expect(may({ principalKind, plane: 'azure' })).toBe(true);
    for (const otherwise of [{ plane: 'group' }, { kind: 'time_bound' }, { way: 'membership' }])
      expect(may({ principalKind, ...otherwise })).toBe(false);
  }
  for (const principalKind of ['member', 'guest', 'group', 'unknown'])
    expect(may({ principalKind })).toBe(false);
  const ends = { decision: 'make_time_bound', rationale: 'So' };
  expect(fault({}, ends)).toBe('cannot_be_time_bound');
  expect(fault({ principalKind: 'agent' }, ends)).toBeNull();
  expect(fault({ principalKind: 'agent' }, { decision: 'make_time_bound' })).toBe('rationale_missing');
});

test('who takes somebody out of a group has seen what else it gives', () => {
  const leaves = { decision: 'remove', rationale: 'Left the team' };
  expect(fault({ way: 'membership' }, leaves)).toBe('look_at_group');
  expect(fault({ way: 'membership' }, { ...leaves, hasSeenGroup: true })).toBeNull();
  expect(fault({ way: 'membership' }, { rationale: 'Needed' })).toBeNull();
});

test('silence means what the plan says', () => {
  const unsaid = { recommendation: 'make_eligible', way: 'assignment', isBreakGlass: false } as const;
  expect(silenceMeanings.map((silence) => bySilence(silence, unsaid))).toEqual([
    ...['keep', 'remove', 'make_eligible'],
  ]);
});

test('silence takes nothing from a break-glass account, and nobody out of a group', () => {
  for (const silence of silenceMeanings) {
    const unsaid = { recommendation: 'remove', way: 'assignment', isBreakGlass: false } as const;
    expect(bySilence(silence, { ...unsaid, isBreakGlass: true })).toBe('keep');
    expect(bySilence(silence, { ...unsaid, way: 'membership' })).toBe('keep');
  }
});
