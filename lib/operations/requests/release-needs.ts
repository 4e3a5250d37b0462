import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { needs } from '#db/schema/needs.ts';
import { openNeeds, sameTicket } from '#lib/domain/need.ts';
import type { Told } from '#lib/operations/change.ts';

/** Releases the open needs of a request, all once it has ended before their time; `ticketNumber`: only that one. */
export async function releaseNeeds(
  tx: Tx,
  requestId: string,
  ticketNumber: string | null = null,
): Promise<Told[]> {
  const releasedAt = await clock(tx);
  const all = await tx.select().from(needs).where(eq(needs.requestId, requestId));
  const meant = openNeeds(all, releasedAt).filter(
    (need) => ticketNumber === null || sameTicket(need.ticketNumber, ticketNumber),
  );
  const entries: Told[] = [];
  for (const need of meant) {
    await tx.update(needs).set({ releasedAt }).where(eq(needs.id, need.id));
    entries.push({
      action: 'need.released',
      subject: { kind: 'request', id: requestId },
      details: {
        needId: need.id,
        ticketNumber: need.ticketNumber,
        ...(ticketNumber === null && { ended: true }),
      },
    });
  }
  return entries;
}
