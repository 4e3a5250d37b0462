import { isTicket, type TicketCheck } from './ticket.ts';
import { plusMinutes } from './time.ts';

/**
 * Whether the ticket is an approved change and the whole of an activation lies in the window it is planned for. No
 * ticket, or one without a window, is none; a system that could not be asked, or does not tell of approval: null.
 */
export function isInChangeWindow(check: TicketCheck | null, startsAt: Date, minutes: number): boolean | null {
  if (!check || check.answer === null) return false;
  if (!isTicket(check.answer)) return null;
  const { moved, open, window, approved = null } = check.answer;
  if (moved || !open || !window?.from || !window.to || approved === false) return false;
  if (startsAt < window.from || plusMinutes(startsAt, minutes) > window.to) return false;
  return approved;
}
