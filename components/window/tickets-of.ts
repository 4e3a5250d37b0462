import type { ActiveRow } from '#lib/queries/rows.ts';

type Needed = Pick<ActiveRow, 'needs' | 'ticketNumber'>;

/** The tickets a window is on for; empty when none was named. */
export function ticketsOf({ needs, ticketNumber }: Needed): string[] {
  const tickets = needs.length > 0 ? needs.map((need) => need.ticketNumber) : [ticketNumber];
  return tickets.filter(Boolean);
}

/** What keeps it on when this ticket is done. */
export function othersThan(ticket: string, row: Needed): string[] {
  return ticketsOf(row).filter((one) => one.toLowerCase() !== ticket.toLowerCase());
}

/** Every ticket of several windows, once. */
export function allTickets(rows: readonly Needed[]): string[] {
  const seen = new Map(rows.flatMap(ticketsOf).map((ticket) => [ticket.toLowerCase(), ticket]));
  return [...seen.values()].toSorted();
}
