import { and, eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { failPoint } from '#db/fail-points.ts';
import type { Jobs } from '#db/queue.ts';
import { ticketHolds, ticketSystems } from '#db/schema/tickets.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import type { Context } from '#lib/operations/context.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import { askNow } from './check-ticket.ts';
import { keepLook } from './look-at-ticket.ts';
import { settleHold } from './settle-hold.ts';
import { endsWithTickets } from './systems.ts';
import { ticketOf } from './ticket-of.ts';

/** Asks about one ticket, once for every access that it holds on, and settles each of them by itself. */
export async function lookAtHolds(
  ctx: Context,
  { systemId, key }: Pick<Jobs['ticket-hold'], 'systemId' | 'key'>,
  tickets: TicketPorts,
): Promise<void> {
  const [system] = await db().select().from(ticketSystems).where(eq(ticketSystems.id, systemId));
  if (!system || !endsWithTickets(system)) return;
  const holds = await db()
    .select()
    .from(ticketHolds)
    .where(and(eq(ticketHolds.systemId, systemId), eq(ticketHolds.key, key)));
  if (holds.length === 0) return;
  const check = await askNow(system, key, tickets);
  failPoint('ticket-hold:after-ask');
  for (const hold of holds) {
    await keepOwn(ctx, hold.requestId, check);
    await settleHold(ctx, hold, check).catch((error: unknown) => {
      // The person, or the Applier, was first; the next look sees what became of it.
      if (!(error instanceof Refusal && error.code === 'conflict')) throw error;
    });
  }
}

/** The ticket it was asked for with is shown wherever the request is, as it is by now. */
async function keepOwn(ctx: Context, requestId: string, check: TicketCheck): Promise<void> {
  const seen = await ticketOf(db(), requestId);
  const isIts = seen?.system.id === check.system.id && seen.check.key === check.number;
  if (seen && isIts) await keepLook(ctx, seen, check);
}
