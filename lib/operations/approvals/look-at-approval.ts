import { db } from '#db/client.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { isBeforeAzure } from '#lib/domain/request.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { loadRequest } from '#lib/operations/requests/move.ts';
import { closeApproval } from './close-approval.ts';
import { holdApproval } from './hold-approval.ts';
import { type Looking, requesterGone } from './requester-gone.ts';

/**
 * Looks, as the Reader, whether there is still somebody to give a waiting request to, and closes it with the reason if
 * not. Where Azure does not tell, it goes on waiting; the next look comes by itself.
 */
export async function lookAtApproval(ctx: Context, requestId: string, ports: Looking): Promise<void> {
  const request = await loadRequest(db(), requestId);
  if (!request || !isBeforeAzure(request.status)) return;
  let why: string | null;
  try {
    why = await requesterGone(request, ports);
  } catch (error) {
    if (error instanceof AzureFault) return;
    throw error;
  }
  if (!why) return;
  const failure = why;
  await change(
    ctx,
    (tx) => holdApproval(tx, requestId),
    async (tx, held) => {
      if (!held || !isBeforeAzure(held.request.status)) return { value: null, entries: [] };
      return { value: null, entries: await closeApproval(tx, held, 'close', failure) };
    },
  );
}
