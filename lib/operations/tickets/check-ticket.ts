import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import { TicketSystemFault } from '#lib/tickets/faults.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import { keepLately, seenLately, takeLately } from './lately.ts';
import { enabledSystems, noteSystem, type SystemRecord, systemOf } from './systems.ts';
import { waitFor, waitOf } from './waits.ts';

/**
 * Asks the system that takes this number about the ticket, outside any transaction; null: there is no number, or no
 * system for it. What was asked while the person typed serves for the submit that follows, once.
 */
export async function checkTicket(number: string, tickets: TicketPorts): Promise<TicketCheck | null> {
  const system = number === '' ? null : systemOf(await enabledSystems(db()), number);
  if (!system) return null;
  return takeLately(system, number, await clock(db())) ?? askNow(system, number, tickets);
}

/** The same, but always asked now, and kept for the submit. */
export async function checkWhileTyping(number: string, tickets: TicketPorts): Promise<TicketCheck | null> {
  const system = number === '' ? null : systemOf(await enabledSystems(db()), number);
  if (!system) return null;
  const check = await askNow(system, number, tickets);
  keepLately(check);
  return check;
}

/** What was told of it while the person typed; nobody is asked anew. */
export async function checkSeen(number: string): Promise<TicketCheck | null> {
  const system = number === '' ? null : systemOf(await enabledSystems(db()), number);
  return system ? seenLately(system, number, await clock(db())) : null;
}

/** Asks one system, unless it said to wait, and notes for administrators what became of it. */
export async function askNow(
  system: SystemRecord,
  number: string,
  tickets: TicketPorts,
): Promise<TicketCheck> {
  const { id, name, kind, rules, version } = system;
  const of = { number, system: { id, name, kind, rules, version } };
  const wait = waitOf(id);
  if (wait > 0) {
    const why = `it is busy, and wants to be asked again in ${wait} s.`;
    return { ...of, answer: { why }, checkedAt: await clock(db()) };
  }
  try {
    const answer = await tickets(system).find(number);
    await noteSystem(id, null);
    return { ...of, answer, checkedAt: await clock(db()) };
  } catch (error) {
    if (!(error instanceof TicketSystemFault)) throw error;
    if (error.retryAfterSeconds !== null) waitFor(id, error.retryAfterSeconds);
    await noteSystem(id, error.message);
    return { ...of, answer: { why: error.message }, checkedAt: await clock(db()) };
  }
}
