import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { needs } from '#db/schema/needs.ts';
import { sameTicket } from '#lib/domain/need.ts';
import type { Told } from '#lib/operations/change.ts';

/** Releases the open needs of a request; `ticketNumber`: only that one. */
export async function releaseAll(
  tx: Tx,
  requestId: string,
  now: Date,
  ticketNumber: string | null = null,
): Promise<Told[]> {
  const open = await tx
    .select()
    .from(needs)
    .where(and(eq(needs.requestId, requestId), isNull(needs.releasedAt)));
  const meant = open.filter((need) => ticketNumber === null || sameTicket(need.ticketNumber, ticketNumber));
  const entries: Told[] = [];
  for (const need of meant) {
    await tx.update(needs).set({ releasedAt: now }).where(eq(needs.id, need.id));
    entries.push({
      action: 'need.released',
      subject: { kind: 'request', id: requestId },
      details: { needId: need.id, ticketNumber: need.ticketNumber },
    });
  }
  return entries;
}
