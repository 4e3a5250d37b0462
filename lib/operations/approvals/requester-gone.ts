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
 * Why there is nobody any more to give a request to; null: there is. From a subscription that does not answer nothing is
 * concluded.
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
    // Entra knows every group and role of its own; a subscription may only have been closed to the Reader.
    if (error instanceof AzureFault && error.kind === 'not_found' && request.plane !== 'azure') return true;
    throw error;
  }
}
