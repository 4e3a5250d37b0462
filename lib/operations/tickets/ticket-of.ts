import { eq } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { people } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';

/** A request with its ticket and the system that has it; null: it has none. */
export async function ticketOf(from: Reader, requestId: string) {
  const [found] = await from
    .select({ check: ticketChecks, system: ticketSystems, request: requests, upn: people.upn })
    .from(ticketChecks)
    .innerJoin(ticketSystems, eq(ticketSystems.id, ticketChecks.systemId))
    .innerJoin(requests, eq(requests.id, ticketChecks.requestId))
    .leftJoin(people, eq(people.objectId, requests.requesterId))
    .where(eq(ticketChecks.requestId, requestId));
  return found ?? null;
}

export type TicketOfRequest = NonNullable<Awaited<ReturnType<typeof ticketOf>>>;
