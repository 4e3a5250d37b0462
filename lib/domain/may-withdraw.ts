import type { ChangeState } from './access-change.ts';

/** Before Azure is told, and after it said a plain no. */
const withdrawable: readonly ChangeState[] = ['held', 'waiting', 'blocked'];

/**
 * Whether a change can still be taken back: what Azure took may come true after all, unless the tenant went on showing
 * the old state; of a conversion half done the other half is wanted.
 */
export function mayWithdraw({
  progress: { eligibleSeenAt, stillThereAt, toldAt },
  state,
}: {
  progress: Record<string, string>;
  state: ChangeState;
}): boolean {
  const isOpen = toldAt !== undefined && stillThereAt === undefined;
  return withdrawable.includes(state) && !isOpen && !eligibleSeenAt;
}
