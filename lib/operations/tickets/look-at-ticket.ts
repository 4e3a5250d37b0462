import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { ticketChecks } from '#db/schema/tickets.ts';
import { noChange, planOf } from '#lib/domain/change-window.ts';
import { isLive } from '#lib/domain/request.ts';
import { isTicket, judgeTicket, type TicketCheck, type TicketFault } from '#lib/domain/ticket.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { approverIds } from '#lib/operations/requests/move.ts';
import type { TicketPorts } from '#lib/tickets/ports.ts';
import { askNow } from './check-ticket.ts';
import { groupsOf } from './groups-of.ts';
import { scopeOf } from './judging.ts';
import { lockTicketOf, type TicketOfRequest, ticketOf } from './ticket-of.ts';

/** Minutes between looks: the first, and the longest after many that showed nothing new. */
const firstWait = 5;
const longestWait = 60;

/**
 * Asks once more about the ticket of a request: when its access begins, and while it is there. What it is by now is
 * kept; a ticket that was closed or deleted meanwhile is marked, for the person and for administrators. Where access ends
 * with its ticket, the look at the ticket comes here, too.
 */
export async function lookAtTicket(ctx: Context, requestId: string, tickets: TicketPorts): Promise<void> {
  const seen = await ticketOf(db(), requestId);
  if (!seen?.check.nextCheckAt) return;
  if (!isLive(seen.request.status)) return putOff(ctx, seen, null);
  // It may be on again in a minute: the watching goes on then.
  if (!seen.system.enabled) return putOff(ctx, seen, nextLook(seen.check.quiet));
  const check = await askNow(seen.system, seen.check.key, tickets);
  failPoint('ticket-look:after-ask');
  await keepLook(ctx, seen, check);
}

/** Keeps what its system says of a request's ticket by now, and what that means for the request. */
export async function keepLook(ctx: Context, seen: TicketOfRequest, check: TicketCheck): Promise<void> {
  const { requesterId, id } = seen.request;
  const groups = seen.system.rules.mustBeAssigned ? await groupsOf(db(), requesterId) : [];
  await change(
    ctx,
    (tx) => lockTicketOf(tx, id),
    async (tx, now) => {
      // Another look was first.
      if (now?.check.checkedAt.getTime() !== seen.check.checkedAt.getTime())
        return { value: null, entries: [] };
      return keep(tx, now, check, groups);
    },
  );
}

async function keep(
  tx: Tx,
  { check: before, request, upn }: TicketOfRequest,
  check: TicketCheck,
  groups: readonly string[],
): Promise<Changed<null>> {
  const { answer, system } = check;
  const waits = nextLook(before.quiet);
  const wantedAt = request.startsAt ?? request.wantedStartAt;
  const at = await clock(tx);
  const later = wantedAt && wantedAt > at ? wantedAt : plusMinutes(at, waits);
  const all = before.verdict === 'unreachable';
  const marksClosed = system.rules.markWhenClosed || system.rules.endsWhenClosed;
  const marks = all || marksClosed;
  if ((answer && !isTicket(answer)) || (!answer && !marks)) {
    const note = answer ? answer.why : 'it knows this ticket no more.';
    // Not answered again: no reason to look more often. What it was before stays.
    const gone = answer === null && { plan: noChange };
    await write(tx, before, { note, nextCheckAt: later, quiet: before.quiet + 1, checkedAt: at, ...gone });
    return { value: null, entries: [] };
  }
  const ask = { upn: upn ?? '', groups, startsAt: wantedAt ?? request.filedAt, scope: scopeOf(request) };
  // Of a ticket that was judged whole before, only closing counts: work is handed over, plans are moved.
  const closed = { ...system.rules, mustBeOpen: marksClosed };
  const rules = all
    ? closed
    : { ...closed, mustBeAssigned: false, mustBeInWindow: false, mustNameScope: false };
  const fault = judgeTicket({ ...check, system: { ...system, rules } }, ask);
  const verdict = fault ? 'broken' : 'good';
  const { key, title, state, url } = answer ?? before;
  const why = fault && laterWords(fault, system.name, { key, state });
  const isSame = verdict === before.verdict && state === before.state;
  await write(tx, before, {
    ...{ verdict, note: why, checkedAt: at, nextCheckAt: later },
    ...{ title, state, url, plan: planOf(check), quiet: isSame ? before.quiet + 1 : 0 },
  });
  if (verdict === before.verdict) return { value: null, entries: [] };
  await announce(tx, [request.requesterId, ...(await approverIds(tx, request.id))]);
  const details = { key: before.key, state, title, from: before.verdict };
  const action = fault ? 'request.ticket_broken' : 'request.ticket_good';
  const subject = { kind: 'request' as const, id: request.id };
  return { value: null, entries: [{ action, subject, details: { ...details, why } }] };
}

/** What a rule says of a ticket is advice to who asks; later it is told as what became of the ticket. */
function laterWords({ code, detail }: TicketFault, system: string, ticket: { key: string; state: string }) {
  if (code === 'ticket_closed') return `${ticket.key} is ${ticket.state} by now.`;
  return code === 'ticket_not_found' ? `${system} knows no ticket ${ticket.key}.` : detail;
}

/** Five minutes, then twice as long each time nothing is new, up to an hour. */
function nextLook(quiet: number): number {
  return Math.min(longestWait, firstWait * 2 ** Math.min(quiet, 10));
}

/** Not asked about now, but so many minutes from now; null: no more. */
async function putOff(ctx: Context, { check }: TicketOfRequest, minutes: number | null): Promise<void> {
  await change(
    ctx,
    async () => null,
    async (tx) => {
      await write(tx, check, {
        nextCheckAt: minutes === null ? null : plusMinutes(await clock(tx), minutes),
      });
      return { value: null, entries: [] };
    },
  );
}

async function write(
  tx: Tx,
  { requestId, checkedAt }: TicketOfRequest['check'],
  patch: Partial<typeof ticketChecks.$inferInsert>,
): Promise<void> {
  await tx
    .update(ticketChecks)
    .set(patch)
    .where(and(eq(ticketChecks.requestId, requestId), eq(ticketChecks.checkedAt, checkedAt)));
}
