import { randomUUID } from 'node:crypto';
import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { needs } from '#db/schema/needs.ts';
import { openNeeds, sameTicket } from '#lib/domain/need.ts';
import { mayEnd } from '#lib/domain/permission.ts';
import { judge, refusalIn, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { TicketCheck } from '#lib/domain/ticket.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { ticketJudge } from '#lib/operations/tickets/judging.ts';
import { guardReason } from './guard-submit.ts';
import { mustLoad, note } from './move.ts';
import { needsOf } from './needs-of.ts';

/** The other ticket, why, and for how long from now. */
export interface AskedNeed {
  requestId: string;
  ticketNumber: string;
  justification: string;
  minutes: number;
  /** What its system said of the ticket, asked before. */
  ticketCheck?: TicketCheck | null | undefined;
}

/**
 * Another ticket needs what is on already. PIM would refuse a second activation; so the first one stays on until both
 * are done. Nothing is longer for it: `until` is the window's end at the latest, and `isShort` says that it was.
 * @throws Refusal `not_found` for somebody else's, `not_active`, `already_live` for a ticket it is on for, or what policy says.
 */
export async function addNeed(
  ctx: PersonContext,
  { requestId, ticketNumber, justification, minutes, ticketCheck }: AskedNeed,
): Promise<{ until: Date; isShort: boolean }> {
  return change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      if (request.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      const now = await clock(tx);
      const { endsAt } = request;
      if (!mayEnd(ctx.actor, request) || request.endAfter || !endsAt || endsAt <= now)
        throw new Refusal('not_active');
      if (!ticketNumber) {
        const why = 'Name the other ticket: the access stays on until both are done.';
        throw new Refusal('ticket_missing', why, 'ticketNumber');
      }
      const ask = { justification, ticketNumber, startsAt: null, minutes: Math.max(minutes, floorMinutes) };
      await guardReason(tx, justification);
      const ticket = await ticketJudge(tx, ctx.actor, { ...ask, ticketCheck }, [request], now);
      const refusal =
        refusalIn(judge(ask, request.policy ?? unknownPolicy, now)) ?? ticket.refusalOf(request);
      if (refusal) throw refusal;
      const before = await needsOf(tx, requestId);
      const own = { ...request, until: endsAt, releasedAt: null };
      const open = before.length > 0 ? openNeeds(before, now) : [own];
      if (open.some((need) => sameTicket(need.ticketNumber, ticketNumber)))
        throw new Refusal('already_live', 'It is on for this ticket already.', 'ticketNumber');
      return { request, endsAt, now, kept: ticket.kept, isFirst: before.length === 0 };
    },
    async (tx, { request, endsAt, now, kept, isFirst }) => {
      // First: what is being ended in this moment takes no further need, and of two clicks the second hears of the first.
      await note(tx, request, {});
      const wanted = plusMinutes(now, minutes);
      const isShort = wanted > endsAt;
      const until = isShort ? endsAt : wanted;
      const of = { requestId, addedAt: request.activeAt ?? request.filedAt };
      const { ticketNumber: ticket, justification: why } = request;
      const own = {
        ...of,
        id: randomUUID(),
        ticketNumber: ticket,
        justification: why,
        until: endsAt,
        ticket: null,
      };
      const other = {
        requestId,
        id: randomUUID(),
        ticketNumber,
        justification,
        addedAt: now,
        until,
        ticket: kept,
      };
      // One whose time is over is done, though nobody said so: the same ticket may come again.
      const over = await tx
        .update(needs)
        .set({ releasedAt: sql`until` })
        .where(and(eq(needs.requestId, requestId), isNull(needs.releasedAt), lte(needs.until, now)))
        .returning();
      await tx.insert(needs).values(isFirst ? [own, other] : [other]);
      await announce(tx, [request.requesterId]);
      const subject = { kind: 'request', id: requestId } as const;
      const lapsed = over.map((need): Told => {
        const details = { needId: need.id, ticketNumber: need.ticketNumber, because: 'time_over' };
        return { action: 'need.released', subject, details };
      });
      const added: Told = {
        action: 'need.added',
        subject,
        details: { needId: other.id, ticketNumber, justification, until, ...(kept && { ticket: kept }) },
      };
      return { value: { until, isShort }, entries: [...lapsed, added] };
    },
  );
}
