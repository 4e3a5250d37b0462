import { randomUUID } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { signatures } from '#db/schema/approvals.ts';
import { next, type Standing } from '#lib/domain/stages.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import type { OfferRecord } from './open-offer.ts';
import type { Waiting } from './seat.ts';

/**
 * The offerer’s yes, where they gave it with the offer: for the stage they gave it in, and while it may still be given.
 * It is looked at like any other signature. false: none was given.
 */
export async function signAsOffered(
  tx: Tx,
  { traceId }: PersonContext,
  { request, approval, signers, pinned, personOf }: Waiting,
  to: Standing,
  { signs, stage, byId, byName, reason, terms }: OfferRecord,
  now: Date,
): Promise<boolean> {
  if (!signs || stage !== to.stage || to.state !== 'waiting') return false;
  const id = randomUUID();
  const event = { is: 'sign', id, personId: personOf(byId), name: byName, approve: true } as const;
  if (next(pinned, to, event).is === 'no') return false;
  const seat = signers.find(({ approverId }) => approverId === byId);
  await tx.insert(signatures).values({
    ...{ id, requestId: request.id, requesterId: request.requesterId, stage: approval.stage },
    ...{ approverId: byId, approverName: byName, approve: true, justification: reason, terms },
    ...{ forId: seat?.forId ?? null, forName: seat?.forName ?? null },
    ...{ via: 'portal', state: 'intended', signedAt: now },
  });
  await enqueue(tx, 'countersign', { signatureId: id, traceId });
  return true;
}
