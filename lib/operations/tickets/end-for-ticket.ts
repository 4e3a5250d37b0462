import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { ticketHolds } from '#db/schema/tickets.ts';
import { sameTicket, ticketsOn } from '#lib/domain/need.ts';
import { askEnd } from '#lib/operations/apply/ask-end.ts';
import { isSwitchedOn } from '#lib/operations/apply/is-switched-on.ts';
import { administrators } from '#lib/operations/approvals/administrators.ts';
import { letterOf } from '#lib/operations/approvals/letter-of.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { note } from '#lib/operations/requests/move.ts';
import { needsOf } from '#lib/operations/requests/needs-of.ts';
import { releaseNeeds } from '#lib/operations/requests/release-needs.ts';
import type { Held } from './settle-hold.ts';

/** Puts on record that a ticket was seen closed and, where no other ticket needs the access, tells its person what comes. */
export async function closedFor(tx: Tx, held: Held, now: Date): Promise<Told[]> {
  const others = await othersOf(tx, held, now);
  const isEnding = others.length === 0 && (await mayAsk(tx, held)) !== null;
  if (others.length === 0) await tellClosed(tx, held, [held.request.requesterId], isEnding);
  return [toldOf(held, 'request.ticket_closed', { others, isEnding })];
}

/**
 * A ticket is closed for good. An access that others need is released from it, and stays on; else the Applier is asked to
 * end it. Where the Applier is not switched on, nothing is asked: the person and administrators are told to end it.
 */
export async function endForTicket(tx: Tx, held: Held, now: Date): Promise<Told[]> {
  const { hold, request } = held;
  const others = await othersOf(tx, held, now);
  if (others.length > 0) return release(tx, held);
  // The person asked for it already, for as soon as PIM allows.
  if (request.endAfter || hold.ending === 'asked') return [];
  const by = await mayAsk(tx, held);
  if (!by) {
    if (hold.ending === 'by_hand') return [];
    await write(tx, held, 'by_hand');
    const people = [request.requesterId, ...(await administrators(tx))];
    await tellClosed(tx, held, [...new Set(people)], false);
    return [toldOf(held, 'request.ticket_end_by_hand')];
  }
  // Against a ticket that is added, and an end that is asked for, in this very moment.
  await note(tx, request, {});
  await write(tx, held, 'asked');
  const details = { ticketSystemId: hold.systemId, ticket: hold.key };
  const asked = await askEnd(tx, { request, because: 'ticket_closed', by, details }, now);
  return asked ? [toldOf(held, 'request.ticket_end_asked'), asked] : [];
}

async function release(tx: Tx, held: Held): Promise<Told[]> {
  const { requestId, number } = held.hold;
  await note(tx, held.request, {});
  await tx.delete(ticketHolds).where(isIt(held));
  const released = await releaseNeeds(tx, requestId, number);
  return released.map((one) => ({ ...one, details: { ...one.details, because: 'ticket_closed' } }));
}

async function othersOf(tx: Tx, { hold, request }: Held, now: Date): Promise<string[]> {
  const tickets = ticketsOn(request.ticketNumber, await needsOf(tx, request.id), now);
  return tickets.filter((ticket) => !sameTicket(ticket, hold.number));
}

/** By whom the Applier would be asked: who saved the rule, where it is switched on. null: it is not. */
async function mayAsk(tx: Tx, { request, system }: Held): Promise<{ id: string; name: string } | null> {
  const { changedById: id, changedByName: name } = system;
  const place = { plane: request.plane, way: 'assignment', kept: request } as const;
  return id && (await isSwitchedOn(tx, place)) ? { id, name } : null;
}

/** Told once for each time it was closed, and once more where it turns out that nobody ends it for them. */
async function tellClosed(
  tx: Tx,
  { hold, request }: Held,
  people: readonly string[],
  isEnding: boolean,
): Promise<void> {
  const of = `${isEnding ? 'ends' : 'by hand'} ${hold.number} ${hold.closedAt?.toISOString() ?? ''}`;
  const facts = { ticketNumber: hold.key, isEnding };
  await tell(
    tx,
    people.map((to) => letterOf(request, 'ticket_closed', to, of, facts)),
  );
}

async function write(tx: Tx, held: Held, ending: NonNullable<Held['hold']['ending']>): Promise<void> {
  await tx.update(ticketHolds).set({ ending }).where(isIt(held));
}

const isIt = ({ hold: { requestId, number } }: Held) =>
  and(eq(ticketHolds.requestId, requestId), eq(ticketHolds.number, number));

function toldOf({ hold, system }: Held, action: string, more: Record<string, unknown> = {}): Told {
  const { closedAt, closedState: state, key, requestId } = hold;
  const details = { key, state, system: system.name, closedAt, ...more };
  return { action, subject: { kind: 'request', id: requestId }, details };
}
