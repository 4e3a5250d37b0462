import { sameTicket } from '#lib/domain/need.ts';
import type { ActiveRow } from '#lib/queries/rows.ts';

type Needed = Pick<ActiveRow, 'needs' | 'ticketNumber'>;

/** The tickets a window is on for; empty when none was named. One without a ticket, beside others, is `''`. */
export function ticketsOf({ needs, ticketNumber }: Needed): string[] {
  if (needs.length > 0) return needs.map((need) => need.ticketNumber);
  return ticketNumber ? [ticketNumber] : [];
}

export function ticketName(ticket: string): string {
  return ticket || 'what it was asked for';
}

/** What keeps it on when this ticket is done. */
export function othersThan(ticket: string, row: Needed): string[] {
  return ticketsOf(row)
    .filter((one) => one.toLowerCase() !== ticket.toLowerCase())
    .map(ticketName);
}

/** Every ticket of several windows, once. */
export function allTickets(rows: readonly Needed[]): string[] {
  const seen = new Map(rows.flatMap(ticketsOf).map((ticket) => [ticket.toLowerCase(), ticket]));
  return [...seen.values()].toSorted();
}

/** The ticket of the more time that stays asked for when another ticket is done; null: nothing stays by itself. */
export function outlives(ticket: string | null, { followOn }: Pick<ActiveRow, 'followOn'>): string | null {
  if (ticket === null || !followOn || sameTicket(followOn.ticketNumber, ticket)) return null;
  return followOn.ticketNumber || 'another reason';
}
