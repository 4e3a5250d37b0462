import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { decisions } from '#db/schema/requests.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { administrators } from '#lib/operations/approvals/administrators.ts';
import { letterOf } from '#lib/operations/approvals/letter-of.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { verdictThen } from './verdict-then.ts';

/**
 * PIM's approver gives in Microsoft's portal what waits there, also in a freeze, when a yes on Stint's page is refused.
 * Administrators are told, and it counts as gone past the policy; Stint does not end what PIM's own approver gave. What
 * was given before the freeze, to begin in it, is not this: it is listed beside the policy. null: nothing of the kind.
 */
export async function noteGivenInFreeze(
  tx: Tx,
  request: RequestRecord,
  startsAt: Date,
): Promise<Told | null> {
  const givenAt = await givenElsewhereAt(tx, request, startsAt);
  if (!givenAt) return null;
  const { verdict, version } = await verdictThen(tx, request, startsAt);
  if (verdict.is !== 'frozen' || givenAt < new Date(verdict.freeze.from)) return null;
  const rule = verdict.freeze.name;
  const people = await administrators(tx);
  await tell(
    tx,
    people.map((to) => letterOf(request, 'given_in_freeze', to, 'seen', { stage: rule })),
  );
  const details = { rule, is: 'frozen', policyVersion: version, extensionSaid: null, isEnded: false };
  return { action: 'request.bypassed', subject: { kind: 'request', id: request.id }, details };
}

/** When somebody approved in another client what Azure asked an approver for; null: nobody did, or not that anybody knows. */
async function givenElsewhereAt(tx: Tx, request: RequestRecord, startsAt: Date): Promise<Date | null> {
  const [decision] = await tx
    .select()
    .from(decisions)
    .where(and(eq(decisions.requestId, request.id), eq(decisions.approve, true)));
  if (decision) return decision.origin === 'azure' ? decision.decidedAt : null;
  if (request.status !== 'awaiting_approval') return null;
  // What was to begin later began then, whenever it was approved; what was not begins as it is approved.
  const { wantedStartAt } = request;
  return wantedStartAt && startsAt < plusMinutes(wantedStartAt, 1) ? null : startsAt;
}
