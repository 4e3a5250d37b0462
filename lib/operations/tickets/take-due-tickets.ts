import { and, eq, exists, isNotNull, lte, not, or, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketComments } from '#db/schema/tickets.ts';
import { isLive } from '#lib/domain/request.ts';

/** A look that was handed out and left no trace is due again after this. */
const leaseMinutes = 2;
const mostAtOnce = 50;

/** Hands every ticket that is due to a job: to be asked about again, or to be told that access began or ended. */
export async function takeDueTickets(traceId: () => string): Promise<void> {
  await transaction(async (tx) => {
    await handOutLooks(tx, traceId);
    await handOutComments(tx, traceId);
  });
}

async function handOutLooks(tx: Tx, traceId: () => string): Promise<void> {
  const due = await tx
    .select({ id: ticketChecks.requestId })
    .from(ticketChecks)
    .where(
      and(
        ...[isNotNull(ticketChecks.nextCheckAt), lte(ticketChecks.nextCheckAt, sql`stint_now()`)],
        // What holds access on is looked at by its own round.
        sql`not exists (select 1 from ticket_holds hold where hold.request_id = ${ticketChecks.requestId}
          and hold.system_id = ${ticketChecks.systemId} and hold.key = ${ticketChecks.key})`,
      ),
    )
    .limit(mostAtOnce)
    .for('update', { skipLocked: true });
  for (const { id } of due) {
    const nextCheckAt = sql`stint_now() + make_interval(mins => ${leaseMinutes})`;
    await tx.update(ticketChecks).set({ nextCheckAt }).where(eq(ticketChecks.requestId, id));
    await enqueue(tx, 'ticket-look', { requestId: id, traceId: traceId() });
  }
}

/** What Stint saw begin and end, each once: a row that is there is a comment that is on its way, or written. */
async function handOutComments(tx: Tx, traceId: () => string): Promise<void> {
  const told = (moment: 'grant' | 'end') =>
    exists(
      tx
        .select({ one: sql`1` })
        .from(ticketComments)
        .where(and(eq(ticketComments.requestId, requests.id), eq(ticketComments.moment, moment))),
    );
  const isOver = sql`${requests.status} in ('ended', 'denied', 'withdrawn', 'lapsed', 'failed')`;
  const due = await tx
    .select({
      id: requests.id,
      status: requests.status,
      began: requests.activeAt,
      isGrantTold: told('grant'),
    })
    .from(ticketChecks)
    .innerJoin(requests, eq(requests.id, ticketChecks.requestId))
    .where(and(ticketChecks.tells, or(isOver, and(isNotNull(requests.activeAt), not(told('grant'))))))
    .limit(mostAtOnce)
    .for('update', { of: ticketChecks, skipLocked: true });
  for (const { id, status, began, isGrantTold } of due) {
    const isEnd = !isLive(status);
    if (began && !isGrantTold) await handOut(tx, id, 'grant', traceId());
    if (began && isEnd) await handOut(tx, id, 'end', traceId());
    if (isEnd) await tx.update(ticketChecks).set({ tells: false }).where(eq(ticketChecks.requestId, id));
  }
}

async function handOut(tx: Tx, requestId: string, moment: 'grant' | 'end', traceId: string): Promise<void> {
  await tx.insert(ticketComments).values({ requestId, moment, askedAt: sql`stint_now()` });
  await enqueue(tx, 'ticket-comment', { requestId, moment, traceId });
}
