import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { isApplierOn } from '#db/is-applier-on.ts';
import type { requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { ticketHolds } from '#db/schema/tickets.ts';
import { type Need, sameTicket, ticketsOn } from '#lib/domain/need.ts';
import { closedGraceMinutes } from '#lib/domain/ticket-hold.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { TicketEnd } from './ticket-rows.ts';

/** What comes of it that a running access has no ticket any more that is open; null: it has one, or nobody looks. */
export async function ticketEndOf(
  request: typeof requests.$inferSelect,
  needs: readonly Need[],
  now: Date,
): Promise<TicketEnd | null> {
  if (request.status !== 'active') return null;
  const closed = await db()
    .select()
    .from(ticketHolds)
    .where(and(eq(ticketHolds.requestId, request.id), isNotNull(ticketHolds.closedAt)))
    .orderBy(desc(ticketHolds.closedAt));
  const [last] = closed;
  if (!last?.closedAt) return null;
  const isOpen = (ticket: string) => !closed.some(({ number }) => sameTicket(number, ticket));
  if (ticketsOn(request.ticketNumber, needs, now).some(isOpen)) return null;
  const facts = { key: last.key, state: last.closedState || 'closed', closedAt: last.closedAt };
  const overAt = plusMinutes(last.closedAt, closedGraceMinutes);
  if (last.ending === 'by_hand') return { ...facts, overAt, stands: 'by_hand', why: null };
  if (last.ending === null) {
    const { plane, scopeId } = request;
    const isOn = await isApplierOn(db(), { plane, scopeId: plane === 'azure' ? scopeId.toLowerCase() : '/' });
    return { ...facts, overAt, stands: isOn ? 'waits' : 'by_hand', why: null };
  }
  const [change] = await db()
    .select({ state: accessChanges.state, why: accessChanges.explanation })
    .from(accessChanges)
    .where(
      and(
        eq(accessChanges.requestId, request.id),
        sql`${accessChanges.progress}->>'because' = 'ticket_closed'`,
      ),
    )
    .orderBy(desc(accessChanges.askedAt))
    .limit(1);
  const isStuck = change?.state === 'blocked' || change?.state === 'refused';
  const stands = change?.state === 'withdrawn' ? 'let_go' : isStuck ? 'stuck' : 'asked';
  return { ...facts, overAt, stands, why: change?.why ?? null };
}
