import { and, desc, eq, inArray } from 'drizzle-orm';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { ticketChecks, ticketSystems } from '#db/schema/tickets.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { mayAdminister } from '#lib/domain/permission.ts';
import { liveStatuses } from '#lib/domain/request.ts';
import type { BrokenTicketRow, TicketRow } from './ticket-rows.ts';

const mostBroken = 50;
const columns = {
  requestId: ticketChecks.requestId,
  system: ticketSystems.name,
  key: ticketChecks.key,
  title: ticketChecks.title,
  state: ticketChecks.state,
  url: ticketChecks.url,
  verdict: ticketChecks.verdict,
  note: ticketChecks.note,
  checkedAt: ticketChecks.checkedAt,
};

/** The tickets of requests that the viewer sees already, by the request's id. */
export async function ticketsOf(requestIds: readonly string[]): Promise<(id: string) => TicketRow | null> {
  if (requestIds.length === 0) return () => null;
  const rows = await db()
    .select(columns)
    .from(ticketChecks)
    .innerJoin(ticketSystems, eq(ticketSystems.id, ticketChecks.systemId))
    .where(inArray(ticketChecks.requestId, [...requestIds]));
  const found = new Map(rows.map(({ requestId, ...ticket }) => [requestId, ticket]));
  return (id) => found.get(id) ?? null;
}

/** Access whose ticket was closed meanwhile, or turned out wrong: the viewer's own, or everybody's for administrators who ask for it. */
export async function brokenTickets(viewer: Actor, whose: 'mine' | 'all'): Promise<BrokenTicketRow[]> {
  if (whose === 'all' && !mayAdminister(viewer)) return [];
  const rows = await db()
    .select({ ticket: columns, request: requests })
    .from(ticketChecks)
    .innerJoin(ticketSystems, eq(ticketSystems.id, ticketChecks.systemId))
    .innerJoin(requests, eq(requests.id, ticketChecks.requestId))
    .where(
      and(
        eq(ticketChecks.verdict, 'broken'),
        inArray(requests.status, [...liveStatuses]),
        whose === 'mine' ? eq(requests.requesterId, viewer.objectId) : undefined,
      ),
    )
    .orderBy(desc(ticketChecks.checkedAt))
    .limit(mostBroken);
  return rows.map(({ ticket: { requestId, ...ticket }, request }) => {
    const { plane, roleId, scopeId, roleName, scopeName, scopeKind, requesterName, status } = request;
    const role = { plane, roleId, scopeId, roleName, scopeName, scopeKind };
    return { ...role, requestId, requesterName, status, ticket };
  });
}
