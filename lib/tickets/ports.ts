import type { Ticket } from '#lib/domain/ticket.ts';
import type { TicketSystem } from '#lib/domain/ticket-system.ts';

/** What Stint asks of a ticket system. Every call may throw `TicketSystemFault`. */
export interface TicketPort {
  /** The ticket of this number; null: there is none, or none that the credential may see. */
  find(number: string): Promise<Ticket | null>;
  /** Writes a comment, unless one with the same marker is there already; `marker` is part of `text`. */
  comment(key: string, text: string, marker: string): Promise<void>;
}

/** How to reach a system, as it is set up now. */
export type TicketPorts = (system: TicketSystem) => TicketPort;
