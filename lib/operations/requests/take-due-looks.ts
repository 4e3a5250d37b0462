import { and, eq, isNotNull, lte, sql } from 'drizzle-orm';
import { transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';

/** A look that was handed out and left no trace is due again after this. */
export const leaseSeconds = 30;

/** Hands every request whose look is due to a job; the lease brings it back if that job dies. */
export async function takeDueLooks(traceId: () => string): Promise<number> {
  return transaction(async (tx) => {
    const due = await tx
      .select({ id: requests.id, version: requests.version })
      .from(requests)
      .where(and(isNotNull(requests.checkAt), lte(requests.checkAt, sql`stint_now()`)))
      .limit(100)
      .for('update', { skipLocked: true });
    for (const { id, version } of due) {
      await tx
        .update(requests)
        .set({ checkAt: sql`stint_now() + make_interval(secs => ${leaseSeconds})` })
        .where(eq(requests.id, id));
      await enqueue(tx, 'look', { requestId: id, version, traceId: traceId() });
    }
    return due.length;
  });
}
