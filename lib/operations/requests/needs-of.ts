import { asc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { needs } from '#db/schema/needs.ts';

/** Everything an activation was needed for, in order; empty while that is only what it was asked for. */
export async function needsOf(tx: Tx, requestId: string) {
  return tx.select().from(needs).where(eq(needs.requestId, requestId)).orderBy(asc(needs.addedAt));
}
