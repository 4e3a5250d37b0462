import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';

import { requestApprovals, stageApprovers, watches } from '#db/schema/approvals.ts';
import type { LetterFacts } from '#lib/domain/letter.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { accountsOf } from '#lib/operations/approval-policy/expand-stage.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { approverIds, loadRequest, type RequestRecord } from '#lib/operations/requests/move.ts';

export type SignerRecord = typeof stageApprovers.$inferSelect;

/** A request that waits for signatures, and who may sign the stage it waits in, as last looked up. */
export interface Waiting {
  request: RequestRecord;
  approval: typeof requestApprovals.$inferSelect;
  signers: SignerRecord[];
}

/**
 * For a gate: the seat of who may sign what is waited for now, held until the transaction ends.
 * @throws Refusal `not_found` for who signs nothing of it; `own_request` for the requester, by whichever of their
 * accounts; `not_pending` when it does not wait for them any more.
 */
export async function mustHaveSeat(
  tx: Tx,
  { actor }: PersonContext,
  requestId: string,
): Promise<Waiting & { seat: SignerRecord }> {
  const { request, approval, named } = await load(tx, requestId);
  const me = actor.objectId;
  if (
    (await accountsOf(tx, request.requesterId)).includes(me) &&
    (me === request.requesterId || isIn(named, me))
  )
    throw new Refusal('own_request');
  if (!isIn(named, me)) throw new Refusal('not_found');
  const { signers } = waitingNow(request, approval, named);
  const seat = signers.find(({ approverId }) => approverId === me);
  if (!seat) throw new Refusal('not_pending');
  return { ...waitingNow(request, approval, named), seat };
}

/**
 * For a gate: the requester’s own request while it waits for signatures, held until the transaction ends.
 * @throws Refusal `not_found` for somebody else’s; `not_pending` when it does not wait any more.
 */
export async function mustWaitOwn(tx: Tx, { actor }: PersonContext, requestId: string): Promise<Waiting> {
  const { request, approval, named } = await load(tx, requestId);
  if (request.requesterId !== actor.objectId) throw new Refusal('not_found');
  return waitingNow(request, approval, named);
}

async function load(tx: Tx, requestId: string) {
  const request = await loadRequest(tx, requestId);
  if (!request) throw new Refusal('not_found');
  const [approval] = await tx
    .select()
    .from(requestApprovals)
    .where(eq(requestApprovals.requestId, requestId))
    .for('update');
  const named = await tx.select().from(stageApprovers).where(eq(stageApprovers.requestId, requestId));
  return { request, approval, named };
}

const isIn = (named: readonly SignerRecord[], id: string) =>
  named.some(({ approverId }) => approverId === id);

function waitingNow(
  request: RequestRecord,
  approval: typeof requestApprovals.$inferSelect | undefined,
  named: readonly SignerRecord[],
): Waiting {
  if (request.status !== 'awaiting_signatures' || approval?.state !== 'waiting')
    throw new Refusal('not_pending');
  return { request, approval, signers: named.filter(({ stage }) => stage === approval.stage) };
}

/** What letters say of a request. */
export function about(request: RequestRecord): LetterFacts {
  const { roleName, scopeName, requesterName, minutes, ticketNumber } = request;
  return { roleName, scopeName, requesterName, minutes, ...(ticketNumber && { ticketNumber }) };
}

/** Has everybody look again who has a request on screen: its requester, who decides it, who watches it. */
export async function announceTo(tx: Tx, { id, requesterId }: RequestRecord): Promise<void> {
  const signers = await tx
    .selectDistinct({ id: stageApprovers.approverId })
    .from(stageApprovers)
    .where(eq(stageApprovers.requestId, id));
  const watching = await tx
    .select({ id: watches.personId })
    .from(watches)
    .where(and(eq(watches.requestId, id)));
  await announce(tx, [
    requesterId,
    ...(await approverIds(tx, id)),
    ...[...signers, ...watching].map((one) => one.id),
  ]);
}
