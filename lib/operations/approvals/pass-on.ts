import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { signatures } from '#db/schema/approvals.ts';
import { decisions } from '#db/schema/requests.ts';
import { dropTokens, hasToken } from '#lib/operations/act-tokens.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { approverIds, type RequestRecord } from '#lib/operations/requests/move.ts';
import type { SignatureRecord } from './hold-approval.ts';
import { letterOf } from './letter-of.ts';
import { verdictNow } from './verdict-now.ts';

/**
 * PIM asks people who have signed this very request already. Whose token was kept with their signature has the same
 * decision passed on, with the same reason: one of them, once; not in a freeze, which came since. The others are told
 * that PIM asks them too.
 */
export async function passOn(tx: Tx, request: RequestRecord, traceId: string): Promise<Told[]> {
  const signed = await signersAskedByPim(tx, request);
  const isFrozen = (await verdictNow(tx, request)).is === 'frozen';
  for (const signature of isFrozen ? [] : signed) {
    // Sealed to the signature, the token opens for nothing but a decision of the same id.
    const { id, requesterId, approverId, approverName, justification } = signature;
    if (!(await hasToken(tx, id))) continue;
    const [row] = await tx
      .insert(decisions)
      .values({
        ...{ id, requestId: request.id, requesterId, approverId, approverName, justification },
        ...{ approve: true, state: 'intended', origin: 'stint', decidedAt: await clock(tx) },
      })
      .onConflictDoNothing()
      .returning({ id: decisions.id });
    if (!row) continue;
    for (const other of signed) if (other.id !== id) await dropTokens(tx, other.id);
    await enqueue(tx, 'decide', { decisionId: id, traceId });
    const details = { approverId, approverName, justification };
    return [{ action: 'request.decision_passed_on', subject: { kind: 'request', id: request.id }, details }];
  }
  await tellOfPim(tx, request, signed);
  return [];
}

/** A decision came to nothing: whoever signed and may decide in PIM is told that it waits there, if not before. */
export async function tellThatPimWaits(tx: Tx, request: RequestRecord): Promise<void> {
  if (request.status === 'awaiting_approval')
    await tellOfPim(tx, request, await signersAskedByPim(tx, request));
}

/** Those who said yes to its stages and whom PIM asks too, in their order. */
async function signersAskedByPim(tx: Tx, request: RequestRecord): Promise<SignatureRecord[]> {
  const asked = await approverIds(tx, request.id);
  const of = [eq(signatures.requestId, request.id), eq(signatures.state, 'recorded')];
  const signed = await tx
    .select()
    .from(signatures)
    .where(and(...of, eq(signatures.approve, true)))
    .orderBy(asc(signatures.signedAt));
  return signed.filter(({ approverId }) => asked.includes(approverId));
}

async function tellOfPim(tx: Tx, request: RequestRecord, signed: readonly SignatureRecord[]): Promise<void> {
  const letters = signed.map(({ approverId }) => letterOf(request, 'pim_asks_too', approverId, ''));
  await tell(tx, letters);
}
