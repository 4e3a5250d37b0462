import { eq } from 'drizzle-orm';
import type { Reader, Tx } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';

/** A request with its ticket and the system that has it; null: it has none. */
export async function ticketOf(from: Reader, requestId: string) {
  const [found] = await selected(from, requestId);
  return found ?? null;
}

/** The same, and nobody else judges this ticket until the transaction is over. */
export async function lockTicketOf(tx: Tx, requestId: string): Promise<TicketOfRequest | null> {
  const [found] = await selected(tx, requestId).for('update', { of: ticketChecks });
  return found ?? null;
}

function selected(from: Reader, requestId: string) {
  return from
    .select({ check: ticketChecks, system: ticketSystems, request: requests, upn: people.upn })
    .from(ticketChecks)
    .innerJoin(ticketSystems, eq(ticketSystems.id, ticketChecks.systemId))
    .innerJoin(requests, eq(requests.id, ticketChecks.requestId))
    .leftJoin(people, eq(people.objectId, requests.requesterId))
    .where(eq(ticketChecks.requestId, requestId));
}

export type TicketOfRequest = NonNullable<Awaited<ReturnType<typeof ticketOf>>>;
