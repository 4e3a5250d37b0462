import type { ApprovalRule, Conditions, Freeze, RuleOutcome, Stage } from '#lib/domain/approval-policy.ts';

/** What new rules begin with. */

const noConditions: Conditions = {
  ...{ planes: [], roles: [], scopes: [], critical: false, groups: [], guests: false },
  ...{ longerThanMinutes: null, atMostMinutes: null, hours: null, onCall: [], inChangeWindow: false },
};

export const freshStage = (): Stage => ({
  ...{ name: 'Approval', approvers: [], signatures: 1, excluded: [] },
  ...{ remindAfterMinutes: 30, escalation: null },
});

export const freshStages = (): RuleOutcome & { is: 'stages' } => ({
  ...{ is: 'stages', stages: [freshStage()], lapseMinutes: 1440, useByMinutes: 480, bulk: false },
});

export function freshRule(): ApprovalRule {
  const then = freshStages();
  return { id: crypto.randomUUID(), name: 'New rule', when: { ...noConditions, critical: true }, then };
}

export function freshFreeze(now: Date): Freeze {
  const at = (hours: number) => {
    const moment = new Date(now.getTime() + hours * 3_600_000);
    moment.setMinutes(0, 0, 0);
    return moment.toISOString();
  };
  const facts = { from: at(24), until: at(48), when: noConditions, except: [] };
  return { id: crypto.randomUUID(), name: 'New freeze', ...facts };
}
