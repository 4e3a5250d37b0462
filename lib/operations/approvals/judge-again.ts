import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { lengthLeft } from '#lib/operations/requests/length-left.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { frozen } from './begin-approval.ts';
import { refuseOtherTime } from './other-rule.ts';
import { verdictNow } from './verdict-now.ts';

/**
 * Before a request that waited for its person goes on: Stint's own policy is asked once more. What a rule approved by
 * itself, or asked nothing for, has to be so still, and a receipt that was started is not kept for ever, nor into a time it
 * was not signed for. Answers the request as it goes on: with what is left of its on-call window.
 * @throws Refusal `frozen`, `receipt_over`, `occurrence_over`, `policy_asks_more`
 */
export async function judgeAgain(tx: Tx, request: RequestRecord): Promise<RequestRecord> {
  const now = await clock(tx);
  const { id, wantedStartAt } = request;
  const startsAt = wantedStartAt && wantedStartAt > now ? wantedStartAt : null;
  const minutes = await lengthLeft(tx, request, startsAt ?? now);
  if (minutes === 0) throw new Refusal('occurrence_over');
  const verdict = await verdictNow(tx, request, minutes);
  const no = frozen(verdict);
  if (no) throw no;
  const [approval] = await tx.select().from(requestApprovals).where(eq(requestApprovals.requestId, id));
  if (approval?.useBy) {
    if (approval.useBy <= now) throw new Refusal('receipt_over');
    await refuseOtherTime(tx, { request, approval }, startsAt, now);
    return { ...request, minutes };
  }
  if (verdict.is === 'stages')
    throw new Refusal(
      'receipt_over',
      `By now “${verdict.rule.name}” asks for signatures. Cancel this, and ask again.`,
    );
  return { ...request, minutes };
}
