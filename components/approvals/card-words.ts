import { orList } from '#components/ui/or-list.ts';
import type { ApprovalCard } from '#lib/queries/rows.ts';

type RoleActions = Pick<NonNullable<ApprovalCard['role']>, 'actions' | 'exceptions' | 'sample'>;

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** Earlier activations of the same by the same person, in words. */
export function beforeWords({ count, endedEarly, denied }: ApprovalCard['before']): string {
  const past = count === 0 ? 'never activated this here, as far as Stint saw' : times(count);
  const early = count > 0 && endedEarly > 0 ? `ended early ${times(endedEarly)}` : null;
  const no = denied > 0 ? `denied ${times(denied)}` : count > 0 ? 'never denied' : null;
  return [past, early, no].filter(Boolean).join(', ');
}

/** How much a role lists. A wildcard is one line that stands for many actions, so it is not counted as one. */
export function actionsWords({ actions, exceptions, sample }: RoleActions): string {
  if (sample.includes('*')) return exceptions > 0 ? 'every action, with exceptions' : 'every action';
  const counted = `${actions} ${actions === 1 ? 'action' : 'actions'}`;
  return sample.some((action) => action.includes('*')) ? `${counted}, wildcards among them` : counted;
}

/** Who else can decide. */
export function othersWords(others: readonly string[]): string {
  return others.length === 0 ? 'nobody else can decide' : `${orList(others)} can decide too`;
}
