import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { type ChangePlan, noChange, planOf } from '#lib/domain/change-window.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import { checkOf } from './judging.ts';

interface Named {
  ticketNumber: string;
  startsAt: Date | null;
  ticketCheck?: TicketCheck | null | undefined;
  requestId?: string;
}

/**
 * What the ticket says of itself as a change: as it was just asked, or, of a request that is filed, as its system last
 * told of it; nobody who starts, signs or offers waits for a ticket system. null: it could not be asked.
 */
export async function planFor(tx: Tx, asked: Named, now: Date): Promise<ChangePlan | null> {
  if (asked.requestId && !asked.ticketCheck) {
    const [kept] = await tx
      .select({ plan: ticketChecks.plan })
      .from(ticketChecks)
      .where(eq(ticketChecks.requestId, asked.requestId));
    if (kept) return kept.plan;
  }
  const check = await checkOf(tx, asked, now);
  return check ? planOf(check) : noChange;
}
