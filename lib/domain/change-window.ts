import { isTicket, type TicketCheck } from './ticket.ts';
import { plusMinutes } from './time.ts';

/** What a ticket says of itself as a planned change, to be kept beside a request. Times ISO 8601. */
export interface ChangePlan {
  open: boolean;
  from: string | null;
  to: string | null;
  /** null: its system does not say. */
  approved: boolean | null;
}

/** No ticket is no change. */
export const noChange: ChangePlan = { open: false, from: null, to: null, approved: null };

/** What a check told of the plan; null: the system could not be asked. */
export function planOf({ answer }: Pick<TicketCheck, 'answer'>): ChangePlan | null {
  if (answer === null) return noChange;
  if (!isTicket(answer)) return null;
  const { moved, open, window, approved = null } = answer;
  const [from, to] = [window?.from?.toISOString() ?? null, window?.to?.toISOString() ?? null];
  return { open: open && !moved, from, to, approved };
}

/**
 * Whether it is an approved change and the whole of an activation lies in the window it is planned for. One without a
 * window is none; a system that could not be asked, or does not tell of approval: null.
 */
export function isInChangeWindow(plan: ChangePlan | null, startsAt: Date, minutes: number): boolean | null {
  if (plan === null) return null;
  const { open, from, to, approved } = plan;
  if (!open || !from || !to || approved === false) return false;
  if (startsAt < new Date(from) || plusMinutes(startsAt, minutes) > new Date(to)) return false;
  return approved;
}
