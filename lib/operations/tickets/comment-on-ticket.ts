import { and, eq, isNull } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import type { Jobs } from '#db/queue.ts';
import { ticketComments } from '#db/schema/tickets.ts';
import type { EndCause } from '#lib/domain/request.ts';
import { inWords, minutesBetween } from '#lib/domain/time.ts';
import { change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { TicketSystemFault } from '#lib/tickets/faults.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import { noteSystem } from './systems.ts';
import { type TicketOfRequest, ticketOf } from './ticket-of.ts';

const causes: Record<EndCause, string> = {
  expired: 'its time was over',
  ended_early: 'ended early',
  removed_in_azure: 'removed in Azure itself',
  ended_by_stint: 'ended by Stint, since it went past approval',
  ticket_closed: 'since its ticket was closed',
};

/**
 * Writes into a ticket that access began, or ended. The comment carries a mark by which a second run finds the first,
 * so that twice is once. @throws TicketSystemFault, which is tried again.
 */
export async function commentOnTicket(
  ctx: Context,
  { requestId, moment }: Pick<Jobs['ticket-comment'], 'requestId' | 'moment'>,
  tickets: TicketPorts,
): Promise<void> {
  const seen = await ticketOf(db(), requestId);
  const mine = and(
    eq(ticketComments.requestId, requestId),
    eq(ticketComments.moment, moment),
    isNull(ticketComments.writtenAt),
  );
  if (!seen || (await db().$count(ticketComments, mine)) === 0) return;
  const { check, system } = seen;
  const marker = `[stint ${requestId} ${moment}]`;
  const text = moment === 'grant' ? began(seen) : ended(seen);
  try {
    await tickets(system).comment(check.key, `${text} ${marker}`, marker);
  } catch (error) {
    if (error instanceof TicketSystemFault)
      await noteSystem(system.id, `No comment could be written to ${check.key}: ${error.message}`);
    throw error;
  }
  failPoint('ticket-comment:after-act');
  await change(
    ctx,
    async (tx) => clock(tx),
    async (tx, writtenAt) => {
      const [written] = await tx.update(ticketComments).set({ writtenAt }).where(mine).returning();
      const details = { moment, key: check.key, system: system.name };
      const subject = { kind: 'request' as const, id: requestId };
      return {
        value: null,
        entries: written ? [{ action: 'request.ticket_commented', subject, details }] : [],
      };
    },
  );
}

function began({ request }: TicketOfRequest): string {
  const until = request.endsAt
    ? ` until ${request.endsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : '';
  return `Access began: ${what(request)}${until}.`;
}

function ended({ request }: TicketOfRequest): string {
  const { activeAt, endedAt, endCause } = request;
  const length = activeAt && endedAt ? ` after ${inWords(minutesBetween(activeAt, endedAt))}` : '';
  const why = endCause ? `, ${causes[endCause]}` : '';
  return `Access ended${length}${why}: ${what(request)}.`;
}

/** Names come from the tenant; what would be markup in a comment is left out. What the person typed stays in Stint. */
function what({ roleName, scopeName, requesterName }: TicketOfRequest['request']): string {
  return `${roleName} on ${scopeName} for ${requesterName}`.replaceAll(/[[\]<>&@`*#|]/g, ' ');
}
