import { describe, expect, test } from 'vitest';
import {
  disabledAssigned,
  guestPrivileged,
  type Held,
  type Holder,
  workloadIdle,
  workloadWithoutOwner,
} from './holder.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const held = (facts: Partial<Held> = {}): Held => ({
  ...{ plane: 'entra', roleId: 'r', scopeId: '/' },
  ...{ kind: 'eligible', roleName: 'Contributor', scopeName: 'Staging', scopeKind: 'subscription' },
  ...{ throughGroup: null, privilege: { dangers: [], critical: true, risk: 'high' } },
  ...facts,
});
const holder = (facts: Partial<Holder> = {}): Holder => ({
  ...{ id: 'x', name: 'X', upn: null, kind: 'guest', enabled: true, isBreakGlass: false },
  ...{ createdAt: day(1), lastSignInAt: null, resourceId: null, responsibles: 0, held: [held()] },
  ...facts,
});
const plain = held({ privilege: null });

test('what is held is the same when it is only called otherwise, and another in its place is not', () => {
  const parts = (facts: Partial<Held>) =>
    guestPrivileged(holder({ kind: 'guest', held: [held(facts)] }))?.parts;
  expect(parts({ roleName: 'Called otherwise', scopeName: 'Also' })).toEqual(parts({}));
  expect(parts({ roleId: 'another' })).not.toEqual(parts({}));
});

describe('a guest', () => {
  test('with privilege is found, also when it is through a group, and it says which', () => {
    expect(guestPrivileged(holder())).toMatchObject({ kind: 'guest_privileged', subject: 'x', risk: 'high' });
    const found = guestPrivileged(holder({ held: [held({ throughGroup: 'sg-vendors' })] }));
    expect(found?.evidence.at(-1)?.value).toContain('through sg-vendors');
  });
  test('without privilege is not, nor is a member with it', () => {
    expect(guestPrivileged(holder({ held: [plain] }))).toBeNull();
    expect(guestPrivileged(holder({ held: [] }))).toBeNull();
    expect(guestPrivileged(holder({ kind: 'member' }))).toBeNull();
  });
});

describe('who is disabled', () => {
  test('and still assigned is found, whatever the assignment, people and workloads alike', () => {
    const found = disabledAssigned(holder({ kind: 'member', enabled: false, held: [plain] }));
    expect(found).toMatchObject({ kind: 'disabled_assigned', risk: 'low' });
    expect(disabledAssigned(holder({ kind: 'service_principal', enabled: false }))?.risk).toBe('medium');
  });
  test('and in a group that gives privilege is found; one that gives none is not', () => {
    const through = { throughGroup: 'sg-ops' };
    const found = disabledAssigned(holder({ enabled: false, held: [held(through)] }));
    expect(found).toMatchObject({ size: 1, risk: 'medium' });
    expect(disabledAssigned(holder({ enabled: false, held: [{ ...plain, ...through }] }))).toBeNull();
  });
  test('and holds nothing is not, nor who is enabled, or sealed for emergencies', () => {
    expect(disabledAssigned(holder({ enabled: false, held: [] }))).toBeNull();
    expect(disabledAssigned(holder({ enabled: true }))).toBeNull();
    expect(disabledAssigned(holder({ enabled: null }))).toBeNull();
    expect(disabledAssigned(holder({ enabled: false, isBreakGlass: true }))).toBeNull();
  });
});

describe('a privileged workload', () => {
  const workload = (facts: Partial<Holder> = {}) => holder({ kind: 'service_principal', ...facts });
  const known = { now: day(200), signInsKnown: true };

  test('that nobody owns is found; one with an owner, or a resource that answers for it, is not', () => {
    expect(workloadWithoutOwner(workload())?.kind).toBe('workload_without_owner');
    expect(workloadWithoutOwner(workload({ responsibles: 1 }))).toBeNull();
    expect(
      workloadWithoutOwner(workload({ kind: 'managed_identity', resourceId: '/subscriptions/one/vm' })),
    ).toBeNull();
    expect(workloadWithoutOwner(workload({ held: [plain] }))).toBeNull();
    expect(workloadWithoutOwner(holder())).toBeNull();
  });
  test('idle for 90 days is found, a day less is not', () => {
    expect(workloadIdle(workload({ lastSignInAt: day(110) }), known)?.kind).toBe('workload_idle');
    expect(workloadIdle(workload({ lastSignInAt: day(111) }), known)).toBeNull();
  });
  test('that never signed in is found once it is 90 days old, where sign-ins are known at all', () => {
    expect(workloadIdle(workload(), known)?.title).toContain('never signed in');
    expect(workloadIdle(workload({ createdAt: day(150) }), known)).toBeNull();
    expect(workloadIdle(workload(), { ...known, signInsKnown: false })).toBeNull();
    expect(workloadIdle(workload({ enabled: false }), known)).toBeNull();
  });
});
