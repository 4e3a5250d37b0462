/** Rules and asks for tests, each with nothing but what the test is about. */
import type { ApprovalRule, AskFacts, Conditions, Freeze, Stage } from './approval-policy.ts';

export const anything: Conditions = {
  planes: [],
  roles: [],
  scopes: [],
  critical: false,
  groups: [],
  guests: false,
  longerThanMinutes: null,
  atMostMinutes: null,
  hours: null,
  onCall: [],
  inChangeWindow: false,
};

/** A GUID that says its number. */
export const testId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export function testStage(facts: Partial<Stage> = {}): Stage {
  return {
    name: 'Platform',
    approvers: [{ is: 'group', id: testId(900), name: 'sg-approvers' }],
    signatures: 1,
    excluded: [],
    remindAfterMinutes: null,
    escalation: null,
    ...facts,
  };
}

export function testRule(
  n: number,
  when: Partial<Conditions> = {},
  stages: Stage[] = [testStage()],
): ApprovalRule & { then: { is: 'stages' } } {
  const then = { is: 'stages' as const, stages, lapseMinutes: 1440, useByMinutes: 240, bulk: false };
  return { id: testId(n), name: `Rule ${n}`, when: { ...anything, ...when }, then };
}

export function testAutomatic(n: number, when: Partial<Conditions> = {}): ApprovalRule {
  const short = { ...anything, atMostMinutes: 60, ...when };
  const then = { is: 'automatic' as const };
  return { id: testId(n), name: `Rule ${n}`, when: short, then };
}

export function testFreeze(n: number, facts: Partial<Freeze> = {}): Freeze {
  return {
    id: testId(n),
    name: `Freeze ${n}`,
    from: '2026-12-24T00:00:00.000Z',
    until: '2027-01-02T00:00:00.000Z',
    when: anything,
    except: [],
    ...facts,
  };
}

export const testAsk: AskFacts = {
  role: { plane: 'azure', roleId: 'contributor', scopeId: '/subscriptions/s1/resourceGroups/rg' },
  scopeChain: ['/subscriptions/s1/resourcegroups/rg', '/subscriptions/s1'],
  isChainWhole: false,
  scopesWithin: [],
  isCritical: false,
  requester: { id: testId(1), groupIds: [testId(500)], isGuest: false },
  minutes: 60,
  startsAt: null,
  now: new Date('2026-11-22T12:00:00Z'),
  onCallOf: [],
  isInChangeWindow: false,
};
