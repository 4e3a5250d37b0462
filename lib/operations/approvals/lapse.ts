import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { duties } from '#lib/domain/approval-due.ts';
import { inWords } from '#lib/domain/time.ts';
import type { Told } from '#lib/operations/change.ts';
import { closeApproval } from './close-approval.ts';
import type { HeldApproval } from './hold-approval.ts';

/** Whether its time is up, though the round that says so may not have come yet. */
export async function isOver(
  tx: Tx,
  { approval, stage }: Pick<HeldApproval, 'approval' | 'stage'>,
): Promise<boolean> {
  return duties(approval, stage, await clock(tx)).includes('over');
}

/**
 * Ends what nobody signed or started in time.
 * @throws Refusal `conflict` when it does not wait any more.
 */
export function lapse(tx: Tx, held: HeldApproval): Promise<Told[]> {
  return closeApproval(tx, held, 'lapse', overWords(held));
}

function overWords({ standing, rule, stage }: HeldApproval): string {
  if (standing.state === 'approved')
    return `It was approved and not started within ${inWords(rule.useByMinutes)}. Ask again if you still need it.`;
  return `Not enough people signed within ${inWords(rule.lapseMinutes)}: it still waited for “${stage.name}”. Ask again if you still need it.`;
}
