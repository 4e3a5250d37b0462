import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * A request that waited for its person goes on only as long as its ticket still allows it.
 * @throws Refusal `ticket_closed` for one that was found closed, or breaks its rules, since it was asked with.
 */
export async function refuseBroken(tx: Tx, requestId: string): Promise<void> {
  const [broken] = await tx
    .select({ note: ticketChecks.note })
    .from(ticketChecks)
    .where(and(eq(ticketChecks.requestId, requestId), eq(ticketChecks.verdict, 'broken')));
  if (broken) throw new Refusal('ticket_closed', broken.note ?? undefined);
}
