import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import type { ActivationSeen } from '#lib/azure/ports.ts';
import { isBeforeAzure } from '#lib/domain/request.ts';
import { next } from '#lib/domain/stages.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { frozen } from '#lib/operations/approvals/begin-approval.ts';
import { closeApproval } from '#lib/operations/approvals/close-approval.ts';
import { type HeldApproval, holdApproval } from '#lib/operations/approvals/hold-approval.ts';
import { keepStanding } from '#lib/operations/approvals/keep-standing.ts';
import { faultOfTime } from '#lib/operations/approvals/other-rule.ts';
import type { Told } from '#lib/operations/change.ts';
import { move } from '#lib/operations/requests/move.ts';
import { passedBy } from './close-as-past.ts';
import { isWithinTerms } from './is-within-terms.ts';
import { verdictThen } from './verdict-then.ts';

/**
 * Azure shows a role active that still waits here, for signatures or to be started. What was approved, and fits, was
 * started in another client, and the request goes on as that. Anything else, and whatever began in a freeze or in a time
 * it was not signed for, went past it, and the request is closed: nothing pending may come true after it. `ticketNumber`: as Azure's log tells it, null when it tells none yet.
 */
export async function followElsewhere(
  tx: Tx,
  requestId: string,
  seen: ActivationSeen,
  ticketNumber: string | null,
): Promise<{ entries: Told[]; isIts: boolean }> {
  const held = await holdApproval(tx, requestId);
  // Moved on in this moment: the next reading sees what it is then.
  if (!held || !isBeforeAzure(held.request.status)) return { entries: [], isIts: true };
  const now = await clock(tx);
  const started = next(held.pinned, held.standing, { is: 'start' });
  if (started.is === 'no' || !(await fits(tx, held, seen, ticketNumber)))
    return { entries: await closeApproval(tx, held, 'close', passedBy), isIts: false };
  const startsAt = seen.startsAt ?? now;
  // A freeze, or a time it was not signed for, stops it as it would have stopped its start here.
  const stopped =
    frozen((await verdictThen(tx, held.request, startsAt)).verdict)?.message ??
    (await faultOfTime(tx, held, null, startsAt));
  if (stopped) {
    const why = `The role was activated in another client all the same. ${stopped}`;
    return { entries: await closeApproval(tx, held, 'close', why), isIts: false };
  }
  await keepStanding(tx, held, started.standing);
  const endsAt = seen.endsAt ?? plusMinutes(startsAt, held.request.minutes);
  const window = { startsAt, endsAt, activeAt: now, checkAt: plusMinutes(now, 1) };
  const details = { startsAt, endsAt, where: 'azure', assignmentId: seen.assignmentId };
  const { entries } = await move(tx, held.request, 'active', window, 'request.activated', details);
  const subject = { kind: 'request' as const, id: requestId };
  return { entries: [{ action: 'request.started_elsewhere', subject, details }, ...entries], isIts: true };
}

/** What was approved, and for its ticket as far as Azure tells one. */
async function fits(
  tx: Tx,
  { approval, request }: HeldApproval,
  seen: ActivationSeen,
  ticketNumber: string | null,
): Promise<boolean> {
  const plain = (ticket: string) => ticket.trim().toLowerCase();
  const isItsTicket = ticketNumber === null || plain(ticketNumber) === plain(request.ticketNumber);
  return isItsTicket && (await isWithinTerms(tx, request, approval, seen));
}
