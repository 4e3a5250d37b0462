import { isTicket, type TicketCheck } from './ticket.ts';
import { plusMinutes } from './time.ts';

/** Minutes between two looks at a ticket that holds access on. */
export const holdLookMinutes = 5;
/** A ticket ends nothing unless it was seen closed so many minutes ago, and is so still. */
export const closedGraceMinutes = 5;

/** What was done about a ticket that stays closed: the Applier was asked, or people were told to end it. */
export const holdEndings = ['asked', 'by_hand'] as const;

/**
 * Whether a system says of this very ticket that it is closed. null: it says nothing to go by, since it does not answer,
 * knows no such ticket (which may be no more than what its credential may not see), or tells of another one.
 */
export function saysClosed(answer: TicketCheck['answer']): boolean | null {
  return isTicket(answer) && !answer.moved ? !answer.open : null;
}

/** What one look means for access that the ticket holds on; `closedAt`: since when every look saw it closed. */
export function judgeHold(
  closedAt: Date | null,
  closed: boolean | null,
  now: Date,
): 'nothing' | 'closed' | 'reopened' | 'over' {
  if (closed === null) return 'nothing';
  if (!closed) return closedAt ? 'reopened' : 'nothing';
  if (!closedAt) return 'closed';
  return now >= plusMinutes(closedAt, closedGraceMinutes) ? 'over' : 'nothing';
}
