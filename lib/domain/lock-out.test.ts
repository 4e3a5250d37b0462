import { describe, expect, test } from 'vitest';
import { type Holder, type LockOutFacts, lockOutBy } from './lock-out.ts';

const holder = (id: string, more: Partial<Holder> = {}): Holder => ({
  ...{ id, enabled: true, isSure: true, kind: 'standing', assignmentId: `ga-${id}`, groupIds: [] },
  approvers: null,
  ...more,
});
const sealed = [holder('b1'), holder('b2')];
const change = (more: Partial<LockOutFacts> = {}): LockOutFacts => ({
  ...{ verb: 'remove', principalId: 'ada', assignmentId: 'ga-ada', leavesGroupId: null, isStints: false },
  ...{ breakGlassIds: ['b1', 'b2'], globalAdministrators: sealed, subscriptions: [], approvals: [] },
  ...more,
});

test('an ordinary removal locks nobody out', () => {
  expect(lockOutBy(change())).toBeNull();
});

test('Stint’s own access is never changed, not even given back', () => {
  expect(lockOutBy(change({ isStints: true }))?.outcome).toBe('not_allowed');
  expect(lockOutBy(change({ isStints: true, verb: 'restore' }))?.outcome).toBe('not_allowed');
});

describe('accounts sealed for emergencies', () => {
  test('keep every assignment they have, whatever it is', () => {
    expect(lockOutBy(change({ principalId: 'b1', assignmentId: 'reader-b1' }))?.outcome).toBe('break_glass');
    expect(lockOutBy(change({ principalId: 'b1', verb: 'make_eligible' }))?.outcome).toBe('break_glass');
  });

  test('of which a group is taken: two with standing Global Administrator must be left', () => {
    const through = ['b1', 'b2'].map((id) => holder(id, { assignmentId: 'ga-group', groupIds: ['g'] }));
    const loss = { principalId: 'g', assignmentId: 'ga-group' };
    const both = [...through, holder('cy'), holder('bo')];
    expect(lockOutBy(change({ ...loss, globalAdministrators: both }))?.outcome).toBe('break_glass');
    expect(lockOutBy(change({ ...loss, verb: 'make_eligible', globalAdministrators: both }))?.outcome).toBe(
      'break_glass',
    );
    expect(lockOutBy(change({ ...loss, globalAdministrators: [...both, ...sealed] }))).toBeNull();
  });

  test('too few of them are a reason to keep every standing Global Administrator, and nothing else', () => {
    const few = [holder('b1'), holder('ada'), holder('cy'), holder('bo')];
    expect(lockOutBy(change({ globalAdministrators: few }))?.outcome).toBe('break_glass');
    expect(lockOutBy(change({ verb: 'make_eligible', globalAdministrators: few }))?.outcome).toBe(
      'break_glass',
    );
    expect(lockOutBy(change({ assignmentId: 'reader-ada', globalAdministrators: few }))).toBeNull();
  });
});

describe('whom the last reading does not show for sure', () => {
  const unsure = (id: string, kind: Holder['kind'] = 'standing') => holder(id, { isSure: false, kind });
  const eligible = { kind: 'eligible' } as const;

  test('nobody is counted on to be left: as Global Administrator, for emergencies, or over a subscription', () => {
    const global = [holder('ada', eligible), holder('bo', eligible), unsure('cy', 'eligible')];
    expect(lockOutBy(change({ breakGlassIds: [], globalAdministrators: global }))?.outcome).toBe(
      'last_administrator',
    );
    const emergency = [holder('b1'), unsure('b2'), holder('ada')];
    expect(lockOutBy(change({ globalAdministrators: emergency }))?.outcome).toBe('break_glass');
    const owners = [{ name: 'Production', administrators: [holder('ada'), unsure('bo')] }];
    expect(lockOutBy(change({ subscriptions: owners }))?.outcome).toBe('last_administrator');
    const own = [{ name: 'Production', administrators: [unsure('ada')] }];
    expect(lockOutBy(change({ subscriptions: own }))?.outcome).toBe('last_administrator');
  });

  test('is no reason to refuse what takes nothing of it', () => {
    const facts = {
      ...{ assignmentId: 'reader-ada', globalAdministrators: [unsure('ada'), unsure('bo')] },
      subscriptions: [{ name: 'Production', administrators: [unsure('ada'), unsure('bo')] }],
    };
    expect(lockOutBy(change(facts))).toBeNull();
  });
});

describe('Global Administrators', () => {
  const with_ = (...others: Holder[]) =>
    change({
      breakGlassIds: [],
      globalAdministrators: [holder('ada', { kind: 'time_bound' }), ...others],
    });

  test('two people must be left who are one or can become one', () => {
    expect(lockOutBy(with_(holder('bo')))?.outcome).toBe('last_administrator');
    expect(lockOutBy(with_(holder('bo'), holder('cy', { kind: 'eligible' })))).toBeNull();
  });

  test('an end takes nobody away, and standing emergency access is none any more with one', () => {
    expect(lockOutBy({ ...with_(holder('bo')), verb: 'make_time_bound' })).toBeNull();
    const through = ['b1', 'b2'].map((id) => holder(id, { assignmentId: 'ga-group', groupIds: ['g'] }));
    const loss = { principalId: 'g', assignmentId: 'ga-group', verb: 'make_time_bound' } as const;
    expect(lockOutBy(change({ ...loss, globalAdministrators: through }))?.outcome).toBe('break_glass');
  });

  test('a disabled account, an activation and the same person twice are nobody more', () => {
    const nobody = [
      holder('cy', { enabled: false }),
      holder('dan', { kind: 'activated' }),
      holder('bo', { assignmentId: 'other' }),
    ];
    expect(lockOutBy(with_(holder('bo'), ...nobody))?.outcome).toBe('last_administrator');
  });

  test('who is eligible counts only while somebody else can approve it', () => {
    const named = (id: string) => [{ id, enabled: true, groupIds: ['approvers'] }];
    const eligible = (approver: string) =>
      with_(holder('bo'), holder('cy', { kind: 'eligible', approvers: named(approver) }));
    expect(lockOutBy(eligible('dan'))).toBeNull();
    expect(lockOutBy(eligible('cy'))?.outcome).toBe('last_administrator');
    const nobody = with_(...['bo', 'cy'].map((id) => holder(id, { kind: 'eligible', approvers: [] })));
    expect(lockOutBy(nobody)?.outcome).toBe('last_administrator');
    expect(lockOutBy({ ...nobody, verb: 'make_eligible' })?.outcome).toBe('last_administrator');
  });

  test('who becomes eligible is still there', () => {
    expect(lockOutBy({ ...with_(holder('bo')), verb: 'make_eligible' })).toBeNull();
  });

  test('leaving the group that gives it is losing it, by any path through the group', () => {
    const facts = change({
      ...{ breakGlassIds: [], principalId: 'ada', assignmentId: null, leavesGroupId: 'inner' },
      globalAdministrators: [
        holder('ada', { assignmentId: 'ga-g', kind: 'eligible', groupIds: ['outer', 'inner'] }),
        holder('bo', { assignmentId: 'ga-g', kind: 'eligible', groupIds: ['outer'] }),
      ],
    });
    expect(lockOutBy(facts)?.outcome).toBe('last_administrator');
    expect(lockOutBy({ ...facts, leavesGroupId: 'other' })).toBeNull();
  });
});

describe('a subscription', () => {
  const production = (...administrators: Holder[]) =>
    change({ assignmentId: 'owner', subscriptions: [{ name: 'Production', administrators }] });
  const owner = holder('ada', { assignmentId: 'owner' });

  test('keeps somebody who is or can become an administrator of access', () => {
    expect(lockOutBy(production(owner))).toEqual({
      outcome: 'last_administrator',
      why: expect.stringContaining('Production'),
    });
    expect(lockOutBy(production(owner, holder('mira', { kind: 'eligible' })))).toBeNull();
    expect(lockOutBy(production(owner, holder('otto', { enabled: false })))?.outcome).toBe(
      'last_administrator',
    );
  });

  test('that had none before loses nothing', () => {
    expect(lockOutBy(production())).toBeNull();
  });
});

describe('an approval', () => {
  const leaving = (...ids: [string, string | null][]) =>
    change({
      ...{ assignmentId: null, leavesGroupId: 'approvers' },
      approvals: [
        {
          role: 'Owner of Production',
          approvers: ids.map(([id, groupId]) => ({
            ...{ id, groupIds: groupId ? ['outer', groupId] : [], enabled: id !== 'gone' },
          })),
        },
      ],
    });

  test('keeps somebody who can give it', () => {
    expect(lockOutBy(leaving(['ada', 'approvers']))?.outcome).toBe('no_live_approver');
    expect(lockOutBy(leaving(['ada', 'approvers'], ['gone', 'approvers']))?.outcome).toBe('no_live_approver');
    expect(lockOutBy(leaving(['ada', 'approvers'], ['cy', 'approvers']))).toBeNull();
    const nested = { ...leaving(['ada', 'approvers']), principalId: 'approvers', leavesGroupId: 'outer' };
    expect(lockOutBy(nested)?.outcome).toBe('no_live_approver');
    expect(lockOutBy(leaving(['ada', 'approvers'], ['ada', null]))).toBeNull();
  });
});
