import type { TicketKept } from './ticket.ts';

/** What a running activation is needed for: a ticket, why, and how long. */
export interface Need {
  ticketNumber: string;
  justification: string;
  until: Date;
  releasedAt: Date | null;
}

/** The same, with its ticket as that was when it was added. */
export interface NeedTold extends Need {
  ticket: TicketKept | null;
}

/** Those that still hold it on: neither released nor over. */
export function openNeeds<N extends Need>(needs: readonly N[], now: Date): N[] {
  return needs.filter(({ releasedAt, until }) => releasedAt === null && until > now);
}

/** The tickets a running activation is on for: those of its open needs, or what it was asked for. */
export function ticketsOn(asked: string, needs: readonly Need[], now: Date): string[] {
  const open = openNeeds(needs, now);
  return open.length > 0 ? open.map(({ ticketNumber }) => ticketNumber) : [asked];
}

/** Tickets are typed in either case, and mean the same. */
export function sameTicket(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
