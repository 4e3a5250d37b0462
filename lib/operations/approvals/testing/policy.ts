import { db } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import type {
  ApprovalPolicy,
  ApprovalRule,
  ApproverSet,
  Conditions,
  Freeze,
  RuleOutcome,
  Stage,
} from '#lib/domain/approval-policy.ts';

interface Person {
  id: string;
  name: string;
}

const any: Conditions = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

export const persons = (...some: Person[]): ApproverSet[] =>
  some.map(({ id, name }) => ({ is: 'person', id, name }));

/** A stage that any of these people sign; `more`: whatever else it asks. */
export function stageOf(some: Person[], more: Partial<Stage> = {}): Stage {
  return {
    ...{ name: `${some[0]?.name ?? 'Nobody'} and others`, approvers: persons(...some), signatures: 1 },
    ...{ excluded: [], remindAfterMinutes: null, escalation: null, ...more },
  };
}

/** Without a literal that reads like a promise. */
function ruleOf(id: string, name: string, outcome: RuleOutcome): ApprovalRule {
  return { id, name, when: any, ['then' as const]: outcome };
}

/** A rule about everything, with these stages. */
export function staged(stages: Stage[], more: Partial<{ lapseMinutes: number; useByMinutes: number }> = {}) {
  const outcome = {
    is: 'stages' as const,
    stages,
    lapseMinutes: 480,
    useByMinutes: 240,
    bulk: true,
    ...more,
  };
  return ruleOf('rule-1', 'Everything', outcome);
}

/** An hour to each side of this moment these sign; before and after, those. */
export function byDayAndNight(now: Date, day: Stage, night: Stage): ApprovalRule[] {
  const clockOf = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString().slice(11, 16);
  const hours = { zone: 'UTC', days: [1, 2, 3, 4, 5, 6, 7], from: clockOf(-60), until: clockOf(60) };
  return [
    { ...staged([day], { useByMinutes: 600 }), id: 'day', name: 'By day', when: { ...any, hours } },
    { ...staged([night]), id: 'night', name: 'At night' },
  ];
}

/** What is asked within the window of its change goes by one rule, all else by the other. */
export function inChangeOrNot(within: ApprovalRule, otherwise: ApprovalRule): ApprovalRule[] {
  const when = { ...any, inChangeWindow: true };
  return [{ ...within, id: 'in-change', name: 'In its change', when }, otherwise];
}

export const automatic = ruleOf('rule-2', 'Short and harmless', { is: 'automatic' });

export const frozenFor = (from: Date, until: Date): Freeze => ({
  ...{ id: 'freeze-1', name: 'Year end', from: from.toISOString(), until: until.toISOString() },
  ...{ when: any, except: [{ id: 'bbbbbbbb-0001-4000-8000-000000000099', name: 'sg-on-duty' }] },
});

/** Puts a policy in force, as saving it would. */
export async function inForce({ rules = [], freezes = [] }: Partial<ApprovalPolicy>): Promise<void> {
  const document: ApprovalPolicy = { rules, freezes, endsBypassed: false };
  const version = (await db().$count(approvalPolicies)) + 1;
  await db()
    .insert(approvalPolicies)
    .values({
      ...{ version, document, note: 'Test', changedAt: new Date() },
      ...{ changedById: 'nobody', changedByName: 'Nobody' },
    });
}
