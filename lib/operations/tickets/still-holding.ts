import { and, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { ticketHolds } from '#db/schema/tickets.ts';
import { sameTicket, ticketsOn } from '#lib/domain/need.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';
import { needsOf } from '#lib/operations/requests/needs-of.ts';

/** The tickets that a running access is on for, and that are not known to be closed. */
export async function stillHolding(
  tx: Tx,
  request: Pick<RequestRecord, 'id' | 'ticketNumber'>,
  now: Date,
): Promise<string[]> {
  const tickets = ticketsOn(request.ticketNumber, await needsOf(tx, request.id), now);
  const closed = await tx
    .select({ number: ticketHolds.number })
    .from(ticketHolds)
    .where(and(eq(ticketHolds.requestId, request.id), isNotNull(ticketHolds.closedAt)));
  return tickets.filter((ticket) => !closed.some(({ number }) => sameTicket(number, ticket)));
}
