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
import { letterOf } from './letter-of.ts';
import { verdictNow } from './verdict-now.ts';

/**
 * PIM asks people who have signed this very request already. Whose token was kept with their signature has the same
 * decision passed on, with the same reason: one of them, once; not in a freeze, which came since. The others are told
 * that PIM asks them too.
 */
export async function passOn(tx: Tx, request: RequestRecord, traceId: string): Promise<Told[]> {
  const asked = await approverIds(tx, request.id);
  const signed = (
    await tx
      .select()
      .from(signatures)
      .where(
        and(
          eq(signatures.requestId, request.id),
          eq(signatures.state, 'recorded'),
          eq(signatures.approve, true),
        ),
      )
      .orderBy(asc(signatures.signedAt))
  ).filter(({ approverId }) => asked.includes(approverId));
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
  await tell(
    tx,
    signed.map(({ approverId }) => letterOf(request, 'pim_asks_too', approverId, '')),
  );
  return [];
}
