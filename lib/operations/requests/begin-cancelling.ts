import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { isBeforeAzure } from '#lib/domain/request.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { takeBack } from '#lib/operations/approvals/take-back.ts';
import type { Changed } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { move, type RequestRecord } from './move.ts';

/**
 * If the withdrawing job dies with its queue, the look puts the request back to waiting after this: as long as the
 * person's token lasts. Until then the job may only be waiting, as long as a busy Azure says.
 */
const giveUpMinutes = 10;

/** Has Azure told to drop what is not on yet, by the person's own token; what Azure never heard of is dropped at once. */
export async function beginCancelling(
  tx: Tx,
  ctx: PersonContext,
  request: RequestRecord,
  seal: SealedTokens,
): Promise<Changed<RequestRecord>> {
  if (isBeforeAzure(request.status)) return takeBack(tx, request.id);
  await keepToken(tx, request.id, audienceOf[request.plane], seal);
  await enqueue(tx, 'withdraw', { requestId: request.id, traceId: ctx.traceId });
  const checkAt = plusMinutes(await clock(tx), giveUpMinutes);
  return move(tx, request, 'withdrawing', { failure: null, checkAt }, 'request.cancel_asked');
}
