import { and, eq, inArray, or } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requestApprovals, signatures, stageApprovers } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';

/**
 * Why a request in Stint's stages does not wait for this person: they signed it, by whichever account, or somebody did in
 * their place, or they have no seat in the stage that waits. null: it does, or it waits for no stage.
 */
export async function whyNotTheirs(tx: Tx, requestId: string, personId: string): Promise<string | null> {
  const [waiting] = await tx
    .select({ stage: requestApprovals.stage, filedAt: requests.filedAt })
    .from(requestApprovals)
    .innerJoin(requests, eq(requests.id, requestApprovals.requestId))
    .where(and(eq(requestApprovals.requestId, requestId), eq(requestApprovals.state, 'waiting')));
  if (!waiting) return null;
  const own = await accountsOf(tx, personId, waiting.filedAt);
  const byThem = or(inArray(signatures.approverId, own), inArray(signatures.forId, own));
  const given = and(eq(signatures.requestId, requestId), inArray(signatures.state, ['intended', 'recorded']));
  if ((await tx.$count(signatures, and(given, byThem))) > 0)
    return 'They, or somebody in their place, signed it before this could be sent.';
  const seat = and(
    eq(stageApprovers.requestId, requestId),
    eq(stageApprovers.stage, waiting.stage),
    eq(stageApprovers.approverId, personId),
  );
  return (await tx.$count(stageApprovers, seat)) > 0
    ? null
    : 'It did not wait for them any more when this could be sent.';
}
