'use server';

import { z } from 'zod';
import { takeOne } from '#lib/auth/rate.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { TicketPreview } from '#lib/domain/ticket.ts';
import { previewTicket } from '#lib/operations/tickets/preview-ticket.ts';
import { liveTickets } from '#lib/tickets/live.ts';
import { door, typed } from './door.ts';

const about = z.object({
  number: typed.pipe(z.string().min(1).max(100)),
  startsAt: z.iso.datetime({ offset: true }).nullable(),
});

/** What a submit with this ticket would meet; null: no ticket system takes it. */
export async function checkTicketNumber(
  input: z.input<typeof about>,
): Promise<Outcome<TicketPreview | null>> {
  return door('checkTicketNumber', about, input, async ({ number, startsAt }, ctx) => {
    // Each is a call to somebody else's system.
    takeOne('ticket', ctx.actor.objectId);
    const from = startsAt ? new Date(startsAt) : null;
    return previewTicket(ctx, { number, startsAt: from }, liveTickets);
  });
}
