import { randomUUID } from 'node:crypto';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { signatures } from '#db/schema/approvals.ts';
import { next } from '#lib/domain/stages.ts';
import type { Told } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { approverNow } from './approver-now.ts';
import { holdApproval } from './hold-approval.ts';
import type { OfferRecord } from './open-offer.ts';

/**
 * The offerer’s yes, where they gave it with an offer that was taken: for the stage they gave it in, and while they may
 * still give it. It is looked at like any other signature. Nothing on record: none was given.
 */
export async function signAsOffered(
  tx: Tx,
  { traceId }: PersonContext,
  { id: offer, requestId, signs, stage, byId, byName, reason }: OfferRecord,
): Promise<Told[]> {
  const held = signs ? await holdApproval(tx, requestId, byId) : null;
  if (held?.standing.stage !== stage) return [];
  const { pinned, standing, personOf, request } = held;
  const by = await approverNow(tx, held, byId);
  const id = randomUUID();
  const event = { is: 'sign', id, personId: personOf(byId), name: byName, approve: true } as const;
  if (!by || next(pinned, standing, event).is === 'no') return [];
  const { forId, forName } = by.approver;
  await tx.insert(signatures).values({
    ...{ id, requestId, requesterId: request.requesterId, stage, approverId: byId, approverName: byName },
    ...{ forId, forName, approve: true, justification: reason, terms: standing.terms },
    ...{ via: 'portal', state: 'intended', signedAt: await clock(tx) },
  });
  await enqueue(tx, 'countersign', { signatureId: id, traceId });
  // The requester took it; whose yes it is, the entry says.
  const details = { approve: true, justification: reason, via: 'portal', stage, stageName: held.stage.name };
  const subject = { kind: 'request' as const, id: requestId };
  const whose = { approverId: byId, approverName: byName, offer };
  return [{ action: 'request.signature_intended', subject, details: { ...details, ...whose } }];
}
