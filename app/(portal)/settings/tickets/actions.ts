'use server';

import { z } from 'zod';
import { administer, anew, door, typed } from '#app/(portal)/door.ts';
import { takeOne } from '#lib/auth/rate.ts';
import type { Outcome } from '#lib/domain/refusal.ts';
import type { TicketPreview } from '#lib/domain/ticket.ts';
import { ticketKinds } from '#lib/domain/ticket-system.ts';
import { saveSetting } from '#lib/operations/settings/save-setting.ts';
import { trySystem } from '#lib/operations/tickets/preview-ticket.ts';
import { saveSystem } from '#lib/operations/tickets/save-system.ts';
import { switchSystem } from '#lib/operations/tickets/switch-system.ts';
import { liveTickets } from '#lib/tickets/live.ts';

const words = z.array(typed.pipe(z.string().min(1).max(60))).max(20);
const short = typed.pipe(z.string().max(200));
const system = z.object({
  id: z.guid().nullable(),
  version: z.number().int().min(0),
  facts: z.object({
    name: short,
    kind: z.enum(ticketKinds),
    baseUrl: short,
    project: short,
    patterns: words,
    closedStates: words.transform((all) => all.map((state) => state.toLowerCase())),
    template: z
      .object({ path: short, key: short, title: short, state: short, assignee: short, url: short })
      .nullable(),
    rules: z.object({
      mustBeOpen: z.boolean(),
      mustBeAssigned: z.boolean(),
      mustBeInWindow: z.boolean(),
      mustNameScope: z.boolean(),
      whenUnreachable: z.enum(['allow', 'refuse']),
      markWhenClosed: z.boolean(),
      endsWhenClosed: z.boolean(),
      comments: z.boolean(),
    }),
  }),
});

/** Sets a ticket system up, or changes one; answers its id. */
export async function saveTicketSystem(input: z.input<typeof system>): Promise<Outcome<{ id: string }>> {
  return administer('saveTicketSystem', system, input, async (known, ctx) => ({
    id: await saveSystem(ctx, known),
  }));
}

const onOff = z.object({ systemId: z.guid(), on: z.boolean() });

/** Switches a ticket system off, or on again. */
export async function switchTicketSystem(input: z.input<typeof onOff>): Promise<Outcome<null>> {
  return administer('switchTicketSystem', onOff, input, async (known, ctx) => {
    await switchSystem(ctx, known);
    return null;
  });
}

const trial = z.object({ systemId: z.guid(), number: typed.pipe(z.string().min(1).max(100)) });

/** Asks a ticket system about one number, to see whether it is set up right. */
export async function tryTicketSystem(input: z.input<typeof trial>): Promise<Outcome<TicketPreview>> {
  return door('tryTicketSystem', trial, input, async (known, ctx, session) => {
    takeOne('ticket', ctx.actor.objectId);
    return trySystem(await anew(ctx, session), known, liveTickets);
  });
}

const rules = z.object({
  version: z.number().int().min(0),
  value: z.object({ forCritical: z.boolean(), unknownNumbers: z.enum(['allow', 'refuse']) }),
});

/** Saves who has to name a ticket beside what PIM asks. */
export async function saveTicketRules(input: z.input<typeof rules>): Promise<Outcome<null>> {
  return administer('saveTicketRules', rules, input, async (known, ctx) => {
    await saveSetting(ctx, { key: 'tickets', ...known });
    return null;
  });
}
