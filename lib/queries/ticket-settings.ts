import { asc, desc, sql } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { ticketFaults, ticketSystems } from '#db/schema/tickets.ts';
import { savedSetting } from '#db/settings.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import type { TicketSettings } from './ticket-rows.ts';
import { brokenTickets } from './tickets-of.ts';

const mostFaults = 200;
const shownFaults = 5;

/** Ticket systems with how they answer, and the access whose ticket does not carry it; null for who does not administer Stint. */
export async function ticketSettings(viewer: Actor): Promise<TicketSettings | null> {
  if (!mayAdminister(viewer)) return null;
  const [now, systems, faults, { value, version }, broken] = await Promise.all([
    clock(db()),
    db()
      .select()
      .from(ticketSystems)
      .orderBy(asc(sql`lower(${ticketSystems.name})`)),
    db().select().from(ticketFaults).orderBy(desc(ticketFaults.seq)).limit(mostFaults),
    savedSetting(db(), 'tickets'),
    brokenTickets(viewer, 'all'),
  ]);
  return {
    now,
    rules: { value, version },
    broken,
    systems: systems.map((system) => ({
      ...system,
      faults: faults
        .filter(({ systemId }) => systemId === system.id)
        .slice(0, shownFaults)
        .map(({ at, why }) => ({ at, why })),
    })),
  };
}
