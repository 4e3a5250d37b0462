import { eq } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { ticketSystems } from '#db/schema/tickets.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isTicket, judgeTicket, type TicketCheck, type TicketPreview } from '#lib/domain/ticket.ts';
import { fits } from '#lib/domain/ticket-pattern.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import { askNow, checkWhileTyping } from './check-ticket.ts';
import { groupsOf } from './groups-of.ts';

/**
 * What a submit with this ticket would meet; null: no system takes it, or the person has nothing to ask for, since
 * titles of tickets are not everybody's. The scope is judged at the submit, role by role.
 */
export async function previewTicket(
  ctx: PersonContext,
  { number, startsAt }: { number: string; startsAt: Date | null },
  tickets: TicketPorts,
): Promise<TicketPreview | null> {
  const mine = eq(mirrorEligible.principalId, ctx.actor.objectId);
  if ((await db().$count(mirrorEligible, mine)) === 0) return null;
  const check = await checkWhileTyping(number, tickets);
  return check && preview(ctx, check, startsAt);
}

/**
 * Tries a system with a number, on or off, for who administers Stint.
 * @throws Refusal `not_found` for who does not; `malformed` for a number that is not the system's.
 */
export async function trySystem(
  ctx: PersonContext,
  { systemId, number }: { systemId: string; number: string },
  tickets: TicketPorts,
): Promise<TicketPreview> {
  if (!mayAdminister(ctx.actor)) throw new Refusal('not_found');
  const [system] = await db().select().from(ticketSystems).where(eq(ticketSystems.id, systemId));
  if (!system) throw new Refusal('not_found');
  if (!fits(system.patterns, number)) {
    const detail = `${system.name} takes ${system.patterns.join(' ')}, and this is not one.`;
    throw new Refusal('malformed', detail, 'number');
  }
  return preview(ctx, await askNow(system, number, tickets), null);
}

async function preview(
  { actor }: PersonContext,
  check: TicketCheck,
  startsAt: Date | null,
): Promise<TicketPreview> {
  const { answer, number, system } = check;
  const groups = system.rules.mustBeAssigned ? await groupsOf(db(), actor.objectId) : [];
  const ask = { upn: actor.upn, groups, startsAt: startsAt ?? (await clock(db())), scope: null };
  const fault = judgeTicket(check, ask);
  const ticket = isTicket(answer) ? answer : null;
  return {
    system: system.name,
    key: ticket?.key ?? number,
    title: ticket?.title ?? '',
    state: ticket?.state ?? '',
    url: ticket?.url ?? null,
    refusal: fault?.detail ?? null,
    unreachable: answer && !isTicket(answer) ? answer.why : null,
    movedTo: ticket?.moved ? ticket.key : null,
  };
}
