import { describe, expect, test } from 'vitest';
import { weightOf, zeroStandingScore } from '#lib/domain/zero-standing.ts';
import type { Holding } from './holding.ts';
import type { Privilege } from './privilege.ts';
import { standingPrivilege, workloadStanding } from './standing.ts';
import { neverActivated, notActivatedLately } from './unused.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const privilege: Privilege = {
  dangers: [{ what: 'can assign roles', action: 'x' }],
  critical: true,
  risk: 'high',
};

const holding = (facts: Partial<Holding> = {}): Holding => ({
  ...{ id: 'a', plane: 'azure', kind: 'standing', roleId: 'owner', roleName: 'Owner' },
  ...{ scopeId: '/subscriptions/one', scopeName: 'Production', scopeKind: 'subscription' },
  ...{ holderId: 'ines', holderName: 'Ines Castell', holderKind: 'member', isRoleAssignable: false },
  ...{ standingMembers: 0, isBreakGlass: false, isConditional: false, uses: 0, lastUsedAt: null },
  ...{ since: day(1), endsAt: null, reach: null, privilege },
  ...facts,
});
const kindOf = (found: { kind: string } | null) => found?.kind ?? null;

describe('standing privilege', () => {
  test('is a person’s, with evidence, risk and a next step', () => {
    const found = standingPrivilege(holding());
    expect(found).toMatchObject({
      ...{ kind: 'standing_privilege', subject: 'a', risk: 'high', principalId: 'ines', assignmentId: 'a' },
      title: 'Ines Castell holds Owner on Production without an end',
    });
    expect(found?.evidence).toContainEqual({ label: 'It can', value: 'can assign roles' });
    expect(found?.nextStep).not.toBe('');
  });
  test.each<[string, Partial<Holding>]>([
    ['what is not privileged', { privilege: null }],
    ['what ends', { kind: 'time_bound' }],
    ['an activation', { kind: 'activated' }],
    ['an eligibility', { kind: 'eligible' }],
    ['an account sealed for emergencies', { isBreakGlass: true }],
    ['a group nobody stands in', { holderKind: 'group' }],
    [
      'a role-assignable group, told with its members',
      { holderKind: 'group', isRoleAssignable: true, standingMembers: 2 },
    ],
    ['a standing member of a group, told with the group', { plane: 'group', roleId: 'member' }],
    ['a workload, told for itself', { holderKind: 'managed_identity' }],
  ])('is not %s', (_, facts) => expect(standingPrivilege(holding(facts))).toBeNull());
  test('is a group’s whose members are not known, role-assignable or not, and it counts', () => {
    for (const isRoleAssignable of [false, true]) {
      const unread = holding({ holderKind: 'group', isRoleAssignable, standingMembers: null });
      expect(kindOf(standingPrivilege(unread))).toBe('standing_privilege');
      expect(weightOf(unread)).toBe('standing');
    }
  });
  test('is a group’s that somebody stands in, and the standing ownership of a group', () => {
    expect(kindOf(standingPrivilege(holding({ holderKind: 'group', standingMembers: 1 })))).toBe(
      'standing_privilege',
    );
    expect(kindOf(standingPrivilege(holding({ plane: 'group', roleId: 'owner' })))).toBe(
      'standing_privilege',
    );
  });
});

describe('a workload that holds privilege', () => {
  test.each(['service_principal', 'managed_identity', 'agent'] as const)('as a %s is found', (holderKind) =>
    expect(kindOf(workloadStanding(holding({ holderKind })))).toBe('workload_standing'),
  );
  test('is none that is a person, unprivileged, or whose privilege ends', () => {
    expect(workloadStanding(holding())).toBeNull();
    expect(workloadStanding(holding({ holderKind: 'agent', privilege: null }))).toBeNull();
    expect(workloadStanding(holding({ holderKind: 'agent', kind: 'time_bound' }))).toBeNull();
  });
});

describe('an eligibility', () => {
  const eligible = (facts: Partial<Holding> = {}) => holding({ kind: 'eligible', ...facts });
  const known = { now: day(200), useKnownSince: day(100) };

  test('never activated says since when: as far as use is known, or it stands', () => {
    const said = (facts: Partial<Holding>) => neverActivated(eligible(facts), known)?.evidence.at(-1)?.value;
    expect(said({})).toBe('not once since 2026-04-10');
    expect(said({ since: day(150) })).toBe('not once since 2026-05-30');
  });
  test.each<[string, Partial<Holding>, Date | null]>([
    ['activated once', { uses: 1, lastUsedAt: day(120) }, day(100)],
    ['younger than two weeks', { since: day(187) }, day(100)],
    ['while use is known for less than two weeks', {}, day(187)],
    ['while use is not known', {}, null],
    ['of an account sealed for emergencies', { isBreakGlass: true }, day(100)],
    ['of a group whose members are not known', { holderKind: 'group', standingMembers: null }, day(100)],
    ['that is in force', { kind: 'standing' }, day(100)],
  ])('is not “never activated” when %s', (_, facts, useKnownSince) =>
    expect(neverActivated(eligible(facts), { now: day(200), useKnownSince })).toBeNull(),
  );
  test('not activated for 90 days is found once 90 days are known, and not a day before', () => {
    const idle = eligible({ uses: 2, lastUsedAt: day(110) });
    expect(kindOf(notActivatedLately(idle, { now: day(200), useKnownSince: day(100) }))).toBe(
      'not_activated_lately',
    );
    expect(notActivatedLately(idle, { now: day(200), useKnownSince: day(111) })).toBeNull();
    expect(notActivatedLately(idle, { now: day(199), useKnownSince: day(100) })).toBeNull();
    expect(notActivatedLately(eligible(), { now: day(200), useKnownSince: day(1) })).toBeNull();
  });
});

describe('the zero-standing score', () => {
  test('is what must be asked for or ends, of all that is privileged, rounded down', () => {
    expect(zeroStandingScore({ standing: 1, onRequest: 2 })).toBe(66);
    expect(zeroStandingScore({ standing: 1, onRequest: 999 })).toBe(99);
    expect(zeroStandingScore({ standing: 0, onRequest: 3 })).toBe(100);
    expect(zeroStandingScore({ standing: 4, onRequest: 0 })).toBe(0);
    expect(zeroStandingScore({ standing: 0, onRequest: 0 })).toBeNull();
  });
  test.each<[Partial<Holding>, ReturnType<typeof weightOf>]>([
    [{}, 'standing'],
    [{ holderKind: 'service_principal' }, 'standing'],
    [{ holderKind: 'group', standingMembers: 1 }, 'standing'],
    [{ holderKind: 'group' }, 'onRequest'],
    [{ kind: 'eligible' }, 'onRequest'],
    [{ kind: 'time_bound' }, 'onRequest'],
    [{ kind: 'activated' }, null],
    [{ isBreakGlass: true }, null],
    [{ privilege: null }, null],
    [{ plane: 'group' }, null],
  ])('counts %j as %s', (facts, weight) => expect(weightOf(holding(facts))).toBe(weight));
});
