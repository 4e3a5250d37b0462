import { and, eq, inArray, isNotNull, isNull, lte, min, notInArray, or, sql } from 'drizzle-orm';
import { type Tx, transaction } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { needs } from '#db/schema/needs.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketHolds } from '#db/schema/tickets.ts';
import { holdLookMinutes } from '#lib/domain/ticket-hold.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { enabledSystems, endsWithTickets, type SystemRecord, systemOf } from './systems.ts';

/** Tickets asked about in one round, and running access taken up in one. */
const mostTickets = 50;
const mostHolds = 500;

/**
 * Keeps the list of tickets that hold running access on, in systems with which access ends, and hands each that is due to
 * a job, once however much access it holds. A look that is lost comes again with the next.
 */
export async function takeDueHolds(traceId: () => string): Promise<number> {
  return transaction(async (tx) => {
    // One at a time: two would ask about one ticket twice.
    const tried = await tx.execute(
      sql`select pg_try_advisory_xact_lock(hashtext('stint ticket holds')) as mine`,
    );
    if (!(tried as unknown as { rows: { mine: boolean }[] }).rows[0]?.mine) return 0;
    const systems = await enabledSystems(tx);
    await dropHolds(tx, systems.filter(endsWithTickets));
    if (systems.some(endsWithTickets)) await addHolds(tx, systems);
    return handOut(tx, traceId);
  });
}

/** Of what is not on any more, not for this ticket, or whose system asks for no ends any more. */
async function dropHolds(tx: Tx, systems: readonly SystemRecord[]): Promise<void> {
  const ids = systems.map(({ id }) => id);
  const open = sql`select lower(btrim(need.ticket_number)) from needs need
    where need.request_id = ticket_holds.request_id and need.released_at is null and need.until > stint_now()`;
  const isOn = sql`exists (select 1 from requests asked where asked.id = ticket_holds.request_id
    and asked.status in ('active', 'ending') and ticket_holds.number in (
      ${open} union all select lower(btrim(asked.ticket_number)) where not exists (${open})))`;
  await tx
    .delete(ticketHolds)
    .where(or(ids.length > 0 ? notInArray(ticketHolds.systemId, ids) : sql`true`, sql`not ${isOn}`));
}

/** Of the ticket it was asked for with, and of those it was needed for later: each as it was asked about then. */
async function addHolds(tx: Tx, systems: readonly SystemRecord[]): Promise<void> {
  const now = await clock(tx);
  const ids = systems.filter(endsWithTickets).map(({ id }) => id);
  const isNew = (number: typeof requests.ticketNumber | typeof needs.ticketNumber) =>
    sql`not exists (select 1 from ticket_holds hold where hold.request_id = ${requests.id}
      and hold.number = lower(btrim(${number})))`;
  const own = await tx
    .select({ id: requests.id, number: requests.ticketNumber, check: ticketChecks })
    .from(requests)
    .innerJoin(ticketChecks, eq(ticketChecks.requestId, requests.id))
    .where(
      and(
        ...[eq(requests.status, 'active'), inArray(ticketChecks.systemId, ids), isNew(requests.ticketNumber)],
        sql`not exists (select 1 from needs need where need.request_id = ${requests.id}
          and lower(btrim(need.ticket_number)) = lower(btrim(${requests.ticketNumber}))
          and need.released_at is not null)`,
      ),
    )
    .limit(mostHolds);
  const later = await tx
    .select({ id: requests.id, number: needs.ticketNumber, ticket: needs.ticket, addedAt: needs.addedAt })
    .from(needs)
    .innerJoin(requests, eq(requests.id, needs.requestId))
    .where(
      and(
        ...[eq(requests.status, 'active'), isNull(needs.releasedAt), isNotNull(needs.ticket)],
        ...[sql`${needs.until} > stint_now()`, isNew(needs.ticketNumber)],
      ),
    )
    .limit(mostHolds);
  const rows = [
    ...own.map(({ id, number, check: { key, systemId, checkedAt } }) => {
      return { requestId: id, number, key, systemId, since: checkedAt };
    }),
    ...later.flatMap(({ id, number, ticket, addedAt }) => {
      const system = systemOf(systems, number);
      if (!(ticket && system && endsWithTickets(system))) return [];
      return { requestId: id, number, key: ticket.key, systemId: system.id, since: addedAt };
    }),
  ];
  if (rows.length === 0) return;
  await tx
    .insert(ticketHolds)
    .values(
      rows.map(({ since, number, ...row }) => {
        const due = plusMinutes(since, holdLookMinutes);
        return {
          ...row,
          number: number.trim().toLowerCase(),
          nextLookAt: new Date(Math.max(due.getTime(), now.getTime())),
        };
      }),
    )
    .onConflictDoNothing();
}

async function handOut(tx: Tx, traceId: () => string): Promise<number> {
  const { key, nextLookAt, systemId } = ticketHolds;
  const due = await tx
    .select({ systemId, key })
    .from(ticketHolds)
    .where(lte(nextLookAt, sql`stint_now()`))
    .groupBy(systemId, key)
    .orderBy(min(nextLookAt))
    .limit(mostTickets);
  for (const ticket of due) {
    await tx
      .update(ticketHolds)
      .set({ nextLookAt: sql`stint_now() + make_interval(mins => ${holdLookMinutes})` })
      .where(and(eq(systemId, ticket.systemId), eq(key, ticket.key)));
    await enqueue(tx, 'ticket-hold', { ...ticket, traceId: traceId() });
  }
  return due.length;
}
