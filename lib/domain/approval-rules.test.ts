import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ApprovalPolicy, ApprovalVerdict, AskFacts, Conditions } from './approval-policy.ts';
import { judgeApproval, signaturesOf } from './approval-rules.ts';
import { testAsk, testAutomatic, testFreeze, testId, testRule, testStage } from './approval-testing.ts';

const policy = (facts: Partial<ApprovalPolicy>): ApprovalPolicy => ({
  rules: [],
  freezes: [],
  endsBypassed: false,
  ...facts,
});
const verdict = (facts: Partial<ApprovalPolicy>, ask: AskFacts = testAsk) =>
  judgeApproval(policy(facts), ask).verdict;
const holds = (when: Partial<Conditions>, ask: Partial<AskFacts> = {}) =>
  judgeApproval(policy({ rules: [testRule(1, when)] }), { ...testAsk, ...ask }).trail[0]?.lines[0]?.holds;

const mg = '/providers/Microsoft.Management/managementGroups/platform';
const contributor = { id: '/x/roleDefinitions/CONTRIBUTOR', name: 'Contributor', plane: 'azure' as const };
const named = (n: number) => [{ id: testId(n), name: `n${n}` }];
const night = { zone: 'Europe/Berlin', days: [5], from: '22:00', until: '06:00' };

describe('a condition', () => {
  test.each<[string, Partial<Conditions>, Partial<AskFacts>, boolean | null]>([
    ['planes', { planes: ['entra'] }, {}, false],
    ['planes, any of them', { planes: ['entra', 'azure'] }, {}, true],
    ['a role by its id, whatever path it is written with', { roles: [contributor] }, {}, true],
    ['a role of another plane', { roles: [{ ...contributor, plane: 'entra' }] }, {}, false],
    ['a scope above', { scopes: [{ id: '/subscriptions/S1', name: 'Production' }] }, {}, true],
    ['a scope elsewhere', { scopes: [{ id: '/subscriptions/s2', name: 'Staging' }] }, {}, false],
    ['a management group that may be above', { scopes: [{ id: mg, name: 'Platform' }] }, {}, null],
    ['one that cannot be above', { scopes: [{ id: mg, name: 'Platform' }] }, { isChainWhole: true }, false],
    ['critical', { critical: true }, { isCritical: true }, true],
    ['not critical', { critical: true }, {}, false],
    ['a group of theirs', { groups: named(500) }, {}, true],
    ['a group they are not in', { groups: named(501) }, {}, false],
    [
      'groups never read',
      { groups: named(500) },
      { requester: { id: '1', groupIds: null, isGuest: null } },
      null,
    ],
    [
      'a group nobody has read yet',
      { groups: named(501) },
      { requester: { id: '1', groupIds: [], isGuest: false, unreadGroupIds: [testId(501)] } },
      null,
    ],
    ['a guest', { guests: true }, { requester: { id: '1', groupIds: [], isGuest: true } }, true],
    ['a member', { guests: true }, {}, false],
    ['longer than what is asked', { longerThanMinutes: 60 }, {}, false],
    ['longer', { longerThanMinutes: 59 }, {}, true],
    ['at most', { atMostMinutes: 60 }, {}, true],
    ['more than at most', { atMostMinutes: 59 }, {}, false],
    ['on call', { onCall: named(7) }, { onCallOf: [testId(7)] }, true],
    ['not on call', { onCall: named(7) }, {}, false],
    ['who is on call is not known', { onCall: named(7) }, { onCallOf: null }, null],
    ['in its change', { inChangeWindow: true }, { isInChangeWindow: true }, true],
    ['a ticket nobody could ask about', { inChangeWindow: true }, { isInChangeWindow: null }, null],
    ['at night, past midnight', { hours: night }, { startsAt: new Date('2026-11-21T03:00:00Z') }, true],
    ['the night of another day', { hours: night }, { startsAt: new Date('2026-11-22T03:00:00Z') }, false],
  ])('%s', (_, when, ask, expected) => expect(holds(when, ask)).toBe(expected));

  test('a scope that lies within what is asked for', () => {
    const scopes = [{ id: '/subscriptions/s1/resourceGroups/RG/providers/x', name: 'The vault' }];
    const within = { scopesWithin: ['/subscriptions/s1/resourcegroups/rg/providers/x'] };
    expect(holds({ scopes })).toBe(false);
    expect(holds({ scopes }, within)).toBeNull();
  });

  test('is told in words with what was found', () => {
    const { trail } = judgeApproval(policy({ rules: [testRule(1, { longerThanMinutes: 30 })] }), testAsk);
    expect(trail[0]?.lines).toEqual([{ condition: 'longer than 30 min', holds: true, why: '1 h' }]);
  });
});

describe('the first rule that is about an ask', () => {
  test('decides it, whatever comes after', () => {
    const rules = [testRule(1, { guests: true }), testRule(2), testAutomatic(3)];
    expect(verdict({ rules })).toMatchObject({ is: 'stages', rule: { name: 'Rule 2' } });
    expect(verdict({ rules: [testAutomatic(3), testRule(2)] })).toMatchObject({ is: 'automatic' });
    expect(verdict({ rules: [testRule(1, { guests: true })] })).toEqual({ is: 'none' });
  });

  test('is also that of a place within what is asked for, where it asks for more; a freeze there, too', () => {
    const when = { scopes: [{ id: '/subscriptions/s1/resourceGroups/rg/x', name: 'x' }] };
    const above = { ...testAsk, scopesWithin: ['/subscriptions/s1/resourcegroups/rg/x'] };
    const two = testRule(1, when, [testStage({ signatures: 2 })]);
    const one = testRule(1, when);
    const wide = testRule(2, {}, [testStage({ signatures: 2 })]);
    expect(verdict({ rules: [two] })).toEqual({ is: 'none' });
    expect(verdict({ rules: [two] }, above)).toMatchObject({ is: 'stages', rule: { name: 'Rule 1' } });
    expect(verdict({ rules: [one, wide] }, above)).toMatchObject({ rule: { name: 'Rule 2' } });
    expect(verdict({ rules: [testAutomatic(1, when)] }, above)).toEqual({ is: 'none' });
    const freeze = testFreeze(1, { when: { ...testFreeze(1).when, ...when } });
    const during = new Date('2026-12-26T00:00:00Z');
    expect(verdict({ freezes: [freeze] }, { ...testAsk, startsAt: during })).toEqual({ is: 'none' });
    expect(verdict({ freezes: [freeze] }, { ...above, startsAt: during }).is).toBe('frozen');
  });

  test('passes a critical role without a person only where it names it, for who is on call or a change in its window', () => {
    const critical = { ...testAsk, isCritical: true, onCallOf: [testId(7)], isInChangeWindow: true };
    const passes = (when: Partial<Conditions>) =>
      verdict({ rules: [testAutomatic(1, when)] }, critical).is === 'automatic';
    const roles = [contributor];
    expect([passes({}), passes({ roles }), passes({ onCall: named(7) })]).toEqual([false, false, false]);
    expect([passes({ roles, onCall: named(7) }), passes({ roles, inChangeWindow: true })]).toEqual([
      true,
      true,
    ]);
    expect(verdict({ rules: [testAutomatic(1)] }).is).toBe('automatic');
  });

  test('may be a guess: then of all it may be the one with most signatures counts', () => {
    const two = testRule(2, {}, [testStage({ signatures: 2 })]);
    const one = testRule(1, { groups: named(501) });
    const unknown = { ...testAsk, requester: { ...testAsk.requester, groupIds: null } };
    expect(verdict({ rules: [one, two] }, unknown)).toMatchObject({ rule: { name: 'Rule 2' } });
    expect(verdict({ rules: [one, testAutomatic(3)] }, unknown)).toMatchObject({ rule: { name: 'Rule 1' } });
    expect(verdict({ rules: [one] }, unknown)).toMatchObject({ rule: { name: 'Rule 1' } });
    const auto = testAutomatic(4, { groups: named(501) });
    expect(judgeApproval(policy({ rules: [auto] }), unknown)).toMatchObject({
      verdict: { is: 'none' },
      trail: [{ matches: false }],
    });
  });
});

describe('a freeze', () => {
  const during = { ...testAsk, startsAt: new Date('2026-12-24T00:00:00Z') };
  test('is about what would begin in it, its first moment and not its last', () => {
    expect(verdict({ freezes: [testFreeze(1)] }, during).is).toBe('frozen');
    expect(verdict({ freezes: [testFreeze(1)] }).is).toBe('none');
    const after = { ...testAsk, startsAt: new Date('2027-01-02T00:00:00Z') };
    expect(verdict({ freezes: [testFreeze(1)] }, after).is).toBe('none');
  });

  test('spares who is exempt, themselves or by group; not whose groups are unknown', () => {
    const exempt = (n: number) => verdict({ freezes: [testFreeze(1, { except: named(n) })] }, during).is;
    expect([exempt(1), exempt(500), exempt(501)]).toEqual(['none', 'none', 'frozen']);
    const unknown = { ...during, requester: { ...during.requester, groupIds: null } };
    expect(verdict({ freezes: [testFreeze(1, { except: named(500) })] }, unknown).is).toBe('frozen');
  });
});

describe('of any policy and any ask', () => {
  const some = fc.option(fc.constantFrom(testId(500), testId(501)), { nil: null });
  const when = fc.record({
    ...{ critical: fc.boolean(), guests: fc.boolean(), inChangeWindow: fc.boolean() },
    groups: some.map((id) => (id ? [{ id, name: 'g' }] : [])),
    onCall: some.map((id) => (id ? [{ id, name: 's' }] : [])),
    scopes: fc.constantFrom('', mg, '/subscriptions/s1').map((id) => (id ? [{ id, name: id }] : [])),
    longerThanMinutes: fc.constantFrom(null, 30, 90),
  });
  const rule = fc.tuple(when, fc.boolean(), fc.integer({ min: 1, max: 4 })).map(([given, auto, n]) => {
    const roles = given.critical ? [contributor] : [];
    if (auto) return testAutomatic(n, { ...given, roles, atMostMinutes: 240 });
    return testRule(n, given, [testStage({ signatures: n })]);
  });
  const asks = fc
    .record({
      minutes: fc.constantFrom(15, 60, 120),
      isCritical: fc.boolean(),
      isInChangeWindow: fc.boolean(),
    })
    .map((facts): AskFacts => ({ ...testAsk, ...facts, isChainWhole: true }));
  const rules = fc.array(rule, { maxLength: 6 });
  const hardness = (of: ApprovalVerdict) =>
    of.is === 'frozen' ? 1000 : of.is === 'stages' ? signaturesOf(of.rule) : 0;

  test('a freeze that lasts always wins', () => {
    fc.assert(
      fc.property(rules, asks, (all, ask) => {
        const now = testFreeze(9, { from: '2026-11-01T00:00:00Z' });
        expect(verdict({ rules: all, freezes: [now] }, ask)).toEqual({ is: 'frozen', freeze: now });
      }),
    );
  });

  test('a rule that is not about the ask changes nothing, wherever it is put', () => {
    fc.assert(
      fc.property(rules, asks, fc.nat(6), (all, ask, at) => {
        const other = testRule(99, { planes: ['entra'] });
        expect(verdict({ rules: all.toSpliced(at, 0, other) }, ask)).toEqual(verdict({ rules: all }, ask));
      }),
    );
  });

  test('what is not known never makes it easier', () => {
    const hidden = fc.record({
      ...{ groups: fc.boolean(), unread: fc.boolean(), guest: fc.boolean() },
      ...{ call: fc.boolean(), change: fc.boolean(), chain: fc.boolean() },
    });
    fc.assert(
      fc.property(rules, asks, hidden, (all, ask, hide) => {
        const { id, groupIds, isGuest } = ask.requester;
        const less: AskFacts = {
          ...ask,
          requester: {
            id,
            groupIds: hide.groups ? null : hide.unread ? [] : groupIds,
            isGuest: hide.guest ? null : isGuest,
            unreadGroupIds: hide.unread ? [testId(500), testId(501)] : [],
          },
          onCallOf: hide.call ? null : ask.onCallOf,
          isInChangeWindow: hide.change ? null : ask.isInChangeWindow,
          isChainWhole: !hide.chain,
        };
        const [known, guessed] = [verdict({ rules: all }, ask), verdict({ rules: all }, less)];
        expect(hardness(guessed)).toBeGreaterThanOrEqual(hardness(known));
        if (guessed.is === 'automatic') expect(known.is).not.toBe('stages');
      }),
      { numRuns: 500 },
    );
  });

  test('nothing is asked where there is no rule', () => {
    expect(verdict({})).toEqual({ is: 'none' });
  });
});
