import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';

/**
 * What waited beside this request does not any more: from now on it is the one live request for the role. Bookkeeping
 * in the transaction of the end, so that never two count, nor none.
 */
export async function letFollow(tx: Tx, endedId: string): Promise<void> {
  await tx
    .update(requests)
    .set({ waitsForEnd: false })
    .where(and(eq(requests.followsId, endedId), eq(requests.waitsForEnd, true)));
}
