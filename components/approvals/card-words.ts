import { orList } from '#components/ui/or-list.ts';
import type { ApprovalCard } from '#lib/queries/rows.ts';

const times = (count: number) => (count === 1 ? 'once' : `${count} times`);

/** Earlier activations of the same by the same person, in words. */
export function beforeWords({ count, endedEarly, denied }: ApprovalCard['before']): string {
  const past = count === 0 ? 'never activated this here, as far as Stint saw' : times(count);
  const early = count > 0 && endedEarly > 0 ? `ended early ${times(endedEarly)}` : null;
  const no = denied > 0 ? `denied ${times(denied)}` : count > 0 ? 'never denied' : null;
  return [past, early, no].filter(Boolean).join(', ');
}

/** Who else can decide. */
export function othersWords(others: readonly string[]): string {
  return others.length === 0 ? 'nobody else can decide' : `${orList(others)} can decide too`;
}
