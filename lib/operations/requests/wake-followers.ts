import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import type { RequestStatus } from '#lib/domain/request.ts';

const wakes: readonly RequestStatus[] = ['active', 'ended', 'denied', 'withdrawn', 'lapsed', 'failed'];

/** Has what waits for this one looked at now: its turn has come, or will not. Bookkeeping, like the lease. */
export async function wakeFollowers(tx: Tx, firstId: string, to: RequestStatus): Promise<void> {
  if (!wakes.includes(to)) return;
  await tx
    .update(requests)
    .set({ checkAt: sql`stint_now()` })
    .where(and(eq(requests.afterId, firstId), eq(requests.status, 'filed')));
}
