import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { approverNow } from './approver-now.ts';
import { type HeldApproval, holdApproval } from './hold-approval.ts';
import { isOver } from './lapse.ts';

const noMore = 'You are not among those who may sign this any more.';

type SignerRecord = typeof stageApprovers.$inferSelect;

/** An approval that waits for signatures, and who may sign the stage it waits in, as last looked up. */
export type Waiting = HeldApproval & { signers: SignerRecord[] };

/**
 * For a gate: the seat of who may sign what is waited for now.
 * @throws Refusal `not_found` for who signs nothing of it; `own_request` for the requester, by whichever of their
 * accounts; `not_pending` when it does not wait for them any more.
 */
export async function mustHaveSeat(
  tx: Tx,
  { actor: { objectId: me } }: PersonContext,
  requestId: string,
): Promise<Waiting & { seat: SignerRecord }> {
  const { held, named } = await load(tx, requestId);
  const isNamed = named.some(({ approverId }) => approverId === me);
  const own = await accountsOf(tx, held.request.requesterId, held.request.filedAt);
  if (me === held.request.requesterId || (isNamed && own.includes(me))) throw new Refusal('own_request');
  if (!isNamed) throw new Refusal('not_found');
  const waiting = await mustBeWaiting(tx, held, named);
  const seat = waiting.signers.find(({ approverId }) => approverId === me);
  // The row says who was asked; who may sign by now is looked up, as in signing.
  if (!seat || !(await approverNow(tx, held, me))) throw new Refusal('not_pending', noMore);
  return { ...waiting, seat };
}

/**
 * For a gate: the requester’s own request while it waits for signatures.
 * @throws Refusal `not_found` for somebody else’s; `not_pending` when it does not wait any more.
 */
export async function mustWaitOwn(tx: Tx, { actor }: PersonContext, requestId: string): Promise<Waiting> {
  const { held, named } = await load(tx, requestId);
  if (held.request.requesterId !== actor.objectId) throw new Refusal('not_found');
  return mustBeWaiting(tx, held, named);
}

async function load(tx: Tx, requestId: string) {
  const held = await holdApproval(tx, requestId);
  if (!held) throw new Refusal('not_found');
  const named = await tx.select().from(stageApprovers).where(eq(stageApprovers.requestId, requestId));
  return { held, named };
}

async function mustBeWaiting(tx: Tx, held: HeldApproval, named: readonly SignerRecord[]): Promise<Waiting> {
  const { request, approval } = held;
  const isWaiting = request.status === 'awaiting_signatures' && approval.state === 'waiting';
  if (!isWaiting || (await isOver(tx, held))) throw new Refusal('not_pending');
  return { ...held, signers: named.filter(({ stage }) => stage === approval.stage) };
}
