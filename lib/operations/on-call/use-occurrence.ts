import { randomUUID } from 'node:crypto';
import { db } from '#db/client.ts';
import { occurrencesAhead, type RoleAhead } from '#db/on-call-ahead.ts';
import { remindMinutes } from '#lib/domain/on-call.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isLive } from '#lib/domain/request.ts';
import { floorMinutes, minute, plusMinutes } from '#lib/domain/time.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { type Answer, activate } from '#lib/operations/requests/activate.ts';
import { checkTicket } from '#lib/operations/tickets/check-ticket.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import type { Tokens } from './file-occurrences.ts';

/**
 * One click on a reminder asks for an occurrence: from its start when that lies ahead, else from now for what is left of
 * it. Everything is judged anew. Twice, also at once, it is asked for once.
 * @throws Refusal `not_found` for somebody else's, or none; `occurrence_over` before its time and after;
 * `already_live` when all of it is asked for.
 */
export async function useOccurrence(
  ctx: PersonContext,
  occurrenceId: string,
  { seal, asked }: Tokens,
  tickets: TicketPorts,
): Promise<Answer[]> {
  const [occurrence] = await occurrencesAhead(db(), ctx.actor.objectId, occurrenceId);
  if (!occurrence) throw new Refusal('not_found');
  const { now, startsAt, endsAt, window } = occurrence;
  const left = Math.floor((endsAt.getTime() - now.getTime()) / minute);
  if (now < plusMinutes(startsAt, -remindMinutes) || left < floorMinutes)
    throw new Refusal('occurrence_over');
  const wanted = occurrence.roles.filter(({ status }) => status === null || isOver(status));
  if (wanted.length === 0) throw new Refusal('already_live');
  const isAhead = startsAt > now;
  const lengthOf = ({ minutes }: RoleAhead) => (isAhead ? minutes : Math.min(minutes, left));
  const ticketCheck = await checkTicket(window.ticketNumber, tickets);
  const { answers } = await activate(
    ctx,
    {
      // The first try goes by the occurrence's own id; another, after a no, is a submission of its own.
      submissionId: wanted.some(({ status }) => status !== null) ? randomUUID() : occurrence.id,
      occurrenceId: occurrence.id,
      roles: wanted.map((role) => ({
        key: role.key,
        minutes: lengthOf(role),
        narrowerScopeId: role.narrower?.id,
      })),
      justification: window.justification,
      ticketNumber: window.ticketNumber,
      startsAt: isAhead ? startsAt : null,
      ticketCheck,
    },
    seal,
    asked,
  );
  return answers;
}

/** It came to nothing, and may be asked for again. What was used and ended is not. */
function isOver(status: NonNullable<RoleAhead['status']>): boolean {
  return !isLive(status) && status !== 'ended';
}
