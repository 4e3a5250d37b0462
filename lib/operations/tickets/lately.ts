import { isTicket, type TicketCheck } from '#lib/domain/ticket.ts';
import { minutesBetween } from '#lib/domain/time.ts';
import type { SystemRecord } from './systems.ts';

/** How old an answer may be that a submit goes by. */
export const freshMinutes = 2;
const mostKept = 500;
/** Answers of this process: another one asks anew. */
const kept = new Map<string, TicketCheck>();

const nameOf = (system: Pick<SystemRecord, 'id' | 'version'>, number: string) =>
  `${system.id} ${system.version} ${number}`;

/** Keeps what a system said for the submit that follows. */
export function keepLately(check: TicketCheck): void {
  if (!isTicket(check.answer)) return;
  const name = nameOf(check.system, check.number);
  kept.delete(name);
  kept.set(name, check);
  if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
}

/** What is kept, left for the submit. */
export function seenLately(system: SystemRecord, number: string, now: Date): TicketCheck | null {
  const check = kept.get(nameOf(system, number));
  return check && isFresh(check, now) ? check : null;
}

/** Gives it out once: who is refused by it and mends the ticket is judged by a new one. */
export function takeLately(system: SystemRecord, number: string, now: Date): TicketCheck | null {
  const name = nameOf(system, number);
  const check = kept.get(name);
  kept.delete(name);
  return check && isFresh(check, now) ? check : null;
}

export function isFresh({ checkedAt }: TicketCheck, now: Date): boolean {
  return minutesBetween(checkedAt, now) <= freshMinutes;
}
