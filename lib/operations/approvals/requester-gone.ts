import { and, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { mirrorEligible, mirrorRuns } from '#db/schema/mirror.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ReaderPort } from '#lib/azure/ports.ts';
import { type Eligibilities, lacksEligibility } from '#lib/operations/requests/eligibility-gone.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/** What the Reader is asked before anything counts. */
export interface Looking {
  reader: Pick<ReaderPort, 'people'>;
  proof: Eligibilities;
}

/**
 * Why there is nobody any more to give a request to; null: there is. A subscription that is not there for the Reader is
 * gone once its person is not shown it either; before, nothing is concluded from it.
 * @throws AzureFault
 */
export async function requesterGone(
  request: RequestRecord,
  { reader, proof }: Looking,
): Promise<string | null> {
  const [person] = await reader.people([request.requesterId]);
  if (!person) return 'The account that asked for this is not in the directory any more.';
  if (!person.enabled) return 'The account that asked for this is disabled.';
  // What a group is to give is not there before the group.
  if (!request.eligibilityId) return null;
  return (await lacks(request, proof))
    ? `${request.requesterName} is not eligible for this any more, or the role is gone.`
    : null;
}

async function lacks(request: RequestRecord, proof: Eligibilities): Promise<boolean> {
  try {
    return await lacksEligibility(request, proof);
  } catch (error) {
    if (!(error instanceof AzureFault) || error.kind !== 'not_found') throw error;
    // Entra knows every group and role of its own; a subscription may only have been closed to the Reader.
    if (request.plane !== 'azure' || (await isGoneForThemselves(request))) return true;
    throw error;
  }
}

/** Whether the person's own tokens have read Azure since they asked, and were shown no such eligibility. */
async function isGoneForThemselves(request: RequestRecord): Promise<boolean> {
  const { plane, requesterId, roleId, filedAt } = request;
  const [run] = await db()
    .select()
    .from(mirrorRuns)
    .where(and(eq(mirrorRuns.principalId, requesterId), eq(mirrorRuns.plane, plane)));
  if (!run?.readAt || run.failure !== null || run.readAt <= filedAt) return false;
  const theirs = and(eq(mirrorEligible.principalId, requesterId), eq(mirrorEligible.plane, plane));
  const place = eq(mirrorEligible.scopeId, request.eligibleScopeId ?? request.scopeId);
  return (await db().$count(mirrorEligible, and(theirs, eq(mirrorEligible.roleId, roleId), place))) === 0;
}
