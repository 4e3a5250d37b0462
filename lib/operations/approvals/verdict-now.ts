import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import type { ApprovalVerdict } from '#lib/domain/approval-policy.ts';
import { approvalJudge } from '#lib/operations/approval-policy/judge-filing.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { spanOf } from '#lib/operations/requests/span-of.ts';

/** What Stint’s own policy says by now of a request that is not on yet, for so many minutes: a start that is past is now. */
export async function verdictNow(
  tx: Tx,
  request: RequestRecord,
  minutes = request.minutes,
): Promise<ApprovalVerdict> {
  const now = await clock(tx);
  const { requesterId, followsId, ticketNumber, wantedStartAt } = request;
  const startsAt = wantedStartAt && wantedStartAt > now ? wantedStartAt : null;
  const requester = { objectId: requesterId };
  const asked = { ticketNumber, startsAt, requestId: request.id };
  const judge = await approvalJudge(tx, requester, asked, [request], now);
  return judge.verdictOf(request, minutes + (await spanOf(tx, followsId)));
}
