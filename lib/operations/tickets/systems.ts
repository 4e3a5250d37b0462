import { asc, eq, sql } from 'drizzle-orm';
import type { Reader, Tx } from '#db/client.ts';
import { transaction } from '#db/client.ts';
import { ticketFaults, ticketSystems } from '#db/schema/tickets.ts';
import { fits } from '#lib/domain/ticket-pattern.ts';
import { isAsked } from '#lib/domain/ticket-system.ts';

export type SystemRecord = typeof ticketSystems.$inferSelect;

/** Faults kept of one system. */
const mostFaults = 20;

/** Those that are asked, in the order of their names. */
export async function enabledSystems(from: Reader): Promise<SystemRecord[]> {
  return from
    .select()
    .from(ticketSystems)
    .where(eq(ticketSystems.enabled, true))
    .orderBy(asc(sql`lower(${ticketSystems.name})`));
}

/** Whether access is to end with its ticket. What was saved before there was such a rule has none. */
export function endsWithTickets({ enabled, kind, rules }: SystemRecord): boolean {
  return enabled && isAsked(kind) && rules.mustBeOpen && rules.endsWhenClosed === true;
}

/** The first whose patterns take the number. */
export function systemOf(systems: readonly SystemRecord[], number: string): SystemRecord | null {
  return systems.find(({ patterns }) => fits(patterns, number)) ?? null;
}

/** Notes for administrators that a system answered, or why it did not. Bookkeeping: it counts up no version. */
export async function noteSystem(id: string, why: string | null): Promise<void> {
  await transaction((tx) => (why === null ? noteAnswer(tx, id) : noteFault(tx, id, why)));
}

/** To the minute: many ask at once, and each would wait for the row. */
async function noteAnswer(tx: Tx, id: string): Promise<void> {
  await tx.execute(sql`
    update ticket_systems set answered_at = stint_now()
    where id = (select id from ticket_systems where id = ${id}
      and (answered_at is null or answered_at < stint_now() - interval '1 minute') for update skip locked)`);
}

async function noteFault(tx: Tx, systemId: string, why: string): Promise<void> {
  await tx.insert(ticketFaults).values({ systemId, why, at: sql`stint_now()` });
  await tx.execute(sql`
    delete from ticket_faults where system_id = ${systemId} and seq < (
      select min(seq) from (select seq from ticket_faults where system_id = ${systemId}
        order by seq desc limit ${mostFaults}) kept)`);
}
