import type { requestApprovals } from '#db/schema/approvals.ts';

type Approval = Pick<typeof requestApprovals.$inferSelect, 'rule' | 'stage'>;

/** The stage that a request has reached, counted from one; null: its rule asks nobody. */
export function stageAt({ rule, stage }: Approval) {
  if (rule.then.is !== 'stages') return null;
  const { stages } = rule.then;
  const reached = stages[stage];
  if (!reached) return null;
  return { name: reached.name, number: stage + 1, of: stages.length, needed: reached.signatures };
}
