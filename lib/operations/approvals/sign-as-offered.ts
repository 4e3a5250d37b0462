import { randomUUID } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { signatures } from '#db/schema/approvals.ts';
import { next } from '#lib/domain/stages.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { approverNow } from './approver-now.ts';
import { holdApproval } from './hold-approval.ts';
import type { OfferRecord } from './open-offer.ts';

/**
 * The offerer’s yes, where they gave it with an offer that was taken: for the stage they gave it in, and while they may
 * still give it. It is looked at like any other signature. false: none was given.
 */
export async function signAsOffered(
  tx: Tx,
  { traceId }: PersonContext,
  { requestId, signs, stage, byId, byName, reason }: OfferRecord,
): Promise<boolean> {
  const held = signs ? await holdApproval(tx, requestId, byId) : null;
  if (held?.standing.stage !== stage) return false;
  const { pinned, standing, personOf, request } = held;
  const by = await approverNow(tx, held, byId);
  const id = randomUUID();
  const event = { is: 'sign', id, personId: personOf(byId), name: byName, approve: true } as const;
  if (!by || next(pinned, standing, event).is === 'no') return false;
  const { forId, forName } = by.approver;
  await tx.insert(signatures).values({
    ...{ id, requestId, requesterId: request.requesterId, stage, approverId: byId, approverName: byName },
    ...{ forId, forName, approve: true, justification: reason, terms: standing.terms },
    ...{ via: 'portal', state: 'intended', signedAt: await clock(tx) },
  });
  await enqueue(tx, 'countersign', { signatureId: id, traceId });
  return true;
}
