import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { requestApprovals } from '#db/schema/approvals.ts';
import { approvalHours } from '#lib/domain/time.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { frozen } from '#lib/operations/approvals/begin-approval.ts';
import { letterOf } from '#lib/operations/approvals/letter-of.ts';
import type { Changed } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { move, type RequestRecord } from '#lib/operations/requests/move.ts';
import { spanOf } from '#lib/operations/requests/span-of.ts';
import { isLonger, isWithinTerms, type Shown } from './is-within-terms.ts';
import { verdictThen } from './verdict-then.ts';

export const passedBy =
  'The role was activated in another client, past what was asked for here. Ask again if you still need more.';
/** Stint itself may have asked Azure as long as it keeps a token, and its answer was lost. */
const tokenMinutes = 10;

/**
 * Azure shows a role active that a request filed here is to give. What lasts longer than it asks for is another
 * activation, whoever gave it the request's name. Where Azure never named the request, it was made in another client, or
 * its answer was lost: it is the request's as far as it might have been resumed here at that time. If not, the request is
 * closed, and the activation goes on record by itself, and is judged. null: it is the request's.
 */
export async function closeAsPast(
  tx: Tx,
  request: RequestRecord,
  shown: Shown,
): Promise<Changed<RequestRecord> | null> {
  const failure = request.origin === 'stint' ? await pastWhat(tx, request, shown) : null;
  if (!failure) return null;
  await dropTokens(tx, request.id);
  // Its window would be taken for that of the other.
  const patch = { failure, startsAt: null, endsAt: null, endedAt: await clock(tx), checkAt: null };
  const closed = await move(tx, request, 'failed', patch, 'request.closed', { failure });
  await tell(tx, [letterOf(request, 'closed', request.requesterId, '', { text: failure })]);
  return closed;
}

async function pastWhat(tx: Tx, request: RequestRecord, shown: Shown): Promise<string | null> {
  const { azureId, followsId, id, minutes, policy, wantedStartAt } = request;
  if (azureId) return shown.startsAt && shown.endsAt && isLonger(shown, minutes) ? passedBy : null;
  const [approval] = await tx.select().from(requestApprovals).where(eq(requestApprovals.requestId, id));
  const useBy = approval?.useBy ?? null;
  // Started in its time is what was asked to begin after it, too.
  const until = useBy && wantedStartAt && wantedStartAt > useBy ? wantedStartAt : useBy;
  const held = approval ? { approvedAt: approval.approvedAt, useBy: until } : null;
  const waited = policy?.approval === false ? tokenMinutes : approvalHours * 60;
  if (!shown.startsAt || !(await isWithinTerms(tx, request, held, shown, waited))) return passedBy;
  const long = { ...request, minutes: minutes + (await spanOf(tx, followsId)) };
  const { verdict, isCertain } = await verdictThen(tx, long, shown.startsAt);
  const stopped = frozen(verdict);
  if (stopped) return `The role was activated in another client all the same. ${stopped.message}`;
  return verdict.is === 'stages' && isCertain && !useBy ? passedBy : null;
}
