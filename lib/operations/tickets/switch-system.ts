import { and, eq } from 'drizzle-orm';
import { clock } from '#db/clock.ts';
import { ticketSystems } from '#db/schema/tickets.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';

/**
 * Switches a ticket system off, or on again. Off, nobody is asked about its tickets, and its numbers belong to none.
 * @throws Refusal `not_found` for who does not administer Stint; `conflict` when it is so already.
 */
export async function switchSystem(
  ctx: PersonContext,
  { systemId, on }: { systemId: string; on: boolean },
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
      const [known] = await tx.select().from(ticketSystems).where(eq(ticketSystems.id, systemId));
      if (!known) throw new Refusal('not_found');
      return known;
    },
    async (tx, { name }) => {
      const { name: changedByName, objectId: changedById } = ctx.actor;
      const changed = { changedAt: await clock(tx), changedByName, changedById };
      const switched = await tx
        .update(ticketSystems)
        .set({ enabled: on, ...changed })
        .where(and(eq(ticketSystems.id, systemId), eq(ticketSystems.enabled, !on)))
        .returning();
      if (switched.length === 0) throw new Refusal('conflict');
      const action = on ? 'ticket_system.switched_on' : 'ticket_system.switched_off';
      const subject = { kind: 'ticket_system' as const, id: systemId };
      return { value: null, entries: [{ action, subject, details: { name } }] };
    },
  );
}
