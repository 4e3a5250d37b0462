import { transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import type { ProofPort } from '#lib/azure/ports.ts';
import type { ApproverSet } from '#lib/domain/approval-policy.ts';
import { isReadLately } from '#lib/operations/apply/is-read-lately.ts';
import { accountsOf } from './accounts-of.ts';
import { readWithinHours } from './read-within.ts';
import { type Expanding, membersOf } from './set-members.ts';

/**
 * Whether somebody is in a set of approvers now, by object id: of a group asked of Azure, with the Reader; of managers
 * and owners by what was read of the tenant within a day, else no. Whom they stand in for is the one to ask about.
 * @throws AzureFault
 */
export async function isStillIn(
  set: ApproverSet,
  approverId: string,
  request: Expanding,
  { proof }: { proof: Pick<ProofPort, 'isWithin'> },
): Promise<boolean> {
  if (set.is === 'person') return set.id === approverId;
  if (set.is === 'group') return proof.isWithin(set.id, approverId);
  return transaction(async (tx) => {
    if (set.is !== 'on_call' && !(await isReadLately(tx, readWithinHours))) return false;
    const barred = await accountsOf(tx, request.requesterId, request.filedAt);
    const members = await membersOf(tx, set, request, barred, await clock(tx));
    return members.some(({ id }) => id === approverId);
  });
}
