import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { ticketHolds, ticketSystems } from '#db/schema/tickets.ts';
import { mayWithdraw } from '#lib/domain/may-withdraw.ts';
import { isTicket, type TicketCheck } from '#lib/domain/ticket.ts';
import { holdLookMinutes, judgeHold, saysClosed } from '#lib/domain/ticket-hold.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { letGo } from '#lib/operations/apply/let-go.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { closedFor, endForTicket } from './end-for-ticket.ts';

/** A ticket that holds a running access on, locked: nobody else settles it meanwhile. */
export type Held = NonNullable<Awaited<ReturnType<typeof lockHold>>>;

/**
 * What a look at a ticket means for one access it holds on. Seen closed, the person is told; still so a while later, the
 * access is to end, or to go on for its other tickets alone; seen open again, nothing is to end any more, as long as
 * Azure was not told.
 * @throws Refusal `conflict` when the request or the change is moved in this moment: the next look settles it.
 */
export async function settleHold(
  ctx: Context,
  { requestId, number }: Pick<Held['hold'], 'requestId' | 'number'>,
  { answer }: TicketCheck,
): Promise<void> {
  await change(
    ctx,
    (tx) => lockHold(tx, requestId, number),
    async (tx, held) => {
      if (!held) return { value: null, entries: [] };
      const now = await clock(tx);
      await write(tx, held, { nextLookAt: plusMinutes(now, holdLookMinutes) });
      if (held.request.status !== 'active') return { value: null, entries: [] };
      const state = isTicket(answer) ? answer.state : '';
      const verdict = judgeHold(held.hold.closedAt, saysClosed(answer), now);
      const entries =
        verdict === 'closed'
          ? await closed(tx, held, state, now)
          : verdict === 'reopened'
            ? await reopened(tx, held, state)
            : verdict === 'over'
              ? await endForTicket(tx, held, now)
              : [];
      if (entries.length > 0) await announce(tx, await onScreenOf(tx, requestId));
      return { value: null, entries };
    },
  );
}

async function lockHold(tx: Tx, requestId: string, number: string) {
  const [held] = await tx
    .select({ hold: ticketHolds, request: requests, system: ticketSystems })
    .from(ticketHolds)
    .innerJoin(requests, eq(requests.id, ticketHolds.requestId))
    .innerJoin(ticketSystems, eq(ticketSystems.id, ticketHolds.systemId))
    .where(and(eq(ticketHolds.requestId, requestId), eq(ticketHolds.number, number)))
    .for('update', { of: ticketHolds });
  return held ?? null;
}

async function closed(tx: Tx, held: Held, closedState: string, now: Date): Promise<Told[]> {
  await write(tx, held, { closedAt: now, closedState });
  const seen = { ...held, hold: { ...held.hold, closedAt: now, closedState } };
  return closedFor(tx, seen, now);
}

async function reopened(tx: Tx, held: Held, state: string): Promise<Told[]> {
  const { key, requestId } = held.hold;
  await write(tx, held, { closedAt: null, closedState: null, ending: null });
  const why = `${key} was opened again.`;
  const asked = await tx
    .select()
    .from(accessChanges)
    .where(eq(accessChanges.requestId, requestId))
    .for('update');
  const mine = asked.filter((one) => one.progress.because === 'ticket_closed' && mayWithdraw(one));
  const entries: Told[] = [];
  for (const one of mine) entries.push(...(await letGo(tx, one, why)).entries);
  const subject = { kind: 'request' as const, id: requestId };
  const details = { key, state, isLetGo: mine.length > 0 };
  return [{ action: 'request.ticket_reopened', subject, details }, ...entries];
}

async function write(
  tx: Tx,
  { hold: { requestId, number } }: Held,
  patch: Partial<typeof ticketHolds.$inferInsert>,
): Promise<void> {
  await tx
    .update(ticketHolds)
    .set(patch)
    .where(and(eq(ticketHolds.requestId, requestId), eq(ticketHolds.number, number)));
}
