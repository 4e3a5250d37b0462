import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import type { EndCause } from '#lib/domain/request.ts';
import { approvalHours, plusMinutes } from '#lib/domain/time.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import type { Changed } from '#lib/operations/change.ts';
import { remindPim } from '#lib/operations/letters/tell-of-pim.ts';
import { causeOfAbsence } from './cause-of-absence.ts';
import { earlier, endingLooks, later, seconds } from './look-times.ts';
import { move, note, type RequestRecord } from './move.ts';

/** Azure may show an activation this long after its start. */
const lateMinutes = 10;
/** What needs its person is kept for them as long as PIM keeps what needs an approver. */
const patienceHours = approvalHours;
const neverReturned = 'It needed you and waited for 24 hours. Ask again if you still need it.';
/** What PIM was told to let pass in another client and never began: it has given up by then. */
const notTakenUpMinutes = 25;
const notTakenUp =
  'PIM asked Stint about it, was told yes, and did not activate it. The approval is used. Ask again if you still need it.';
/** Looks, a minute apart, for a grant whose answer was lost. */
const lostAnswerLooks = 5;

/** A look found that Azure does not hold it: not yet, not any more, or just not visible. How the request moves. */
export async function azureLacks(tx: Tx, seen: RequestRecord, now: Date): Promise<Changed<unknown>> {
  const over = seen.endsAt !== null && seen.endsAt <= now;
  switch (seen.status) {
    case 'needs_you': {
      const since = later(seen.needsSince ?? seen.filedAt, seen.wantedStartAt ?? seen.filedAt);
      const lapsesAt = plusMinutes(since, patienceHours * 60);
      if (now >= lapsesAt) {
        await dropTokens(tx, seen.id);
        return move(tx, seen, 'failed', { failure: neverReturned, checkAt: null }, 'request.failed', {
          failure: neverReturned,
        });
      }
      const checkAt = seen.misses + 1 < lostAnswerLooks ? plusMinutes(now, 1) : lapsesAt;
      return note(tx, seen, { misses: seen.misses + 1, checkAt });
    }
    case 'awaiting_approval': {
      const undecidedAt = plusMinutes(seen.waitingSince ?? seen.filedAt, approvalHours * 60);
      // Approved in Azure for a start ahead, it shows nothing until then.
      const shownBy = plusMinutes(seen.wantedStartAt ?? seen.filedAt, lateMinutes);
      const lapsesAt = later(undecidedAt, shownBy);
      if (now < lapsesAt) {
        const entries = await remindPim(tx, seen, now);
        const noted = await note(tx, seen, { checkAt: earlier(plusMinutes(now, 1), lapsesAt) });
        return { ...noted, entries };
      }
      return move(tx, seen, 'lapsed', { checkAt: null, endedAt: now }, 'request.lapsed');
    }
    case 'scheduled':
    case 'provisioning': {
      if (over) {
        const failure =
          seen.misses === 0
            ? 'Azure granted it, and its window was over before Stint could look: the access may have been there. Ask again if you still need it.'
            : 'The window is over and Azure never showed the access. Ask again; tell your administrator if it stays so.';
        return move(tx, seen, 'failed', { failure, checkAt: null }, 'request.failed', { failure });
      }
      if (seen.startsAt && seen.startsAt > now) return note(tx, seen, { checkAt: seen.startsAt });
      if (await isNotTakenUp(tx, seen, now)) {
        const failure = notTakenUp;
        return move(tx, seen, 'failed', { failure, checkAt: null }, 'request.failed', { failure });
      }
      const wait = seen.misses < 20 ? 0.5 : seen.misses < 60 ? 5 : 60;
      return note(tx, seen, { misses: seen.misses + 1, checkAt: seconds(now, wait) });
    }
    case 'active': {
      if (over) return ended(tx, seen, 'expired', now);
      // One miss may be a replica that lags; two in a row are somebody who removed it.
      if (seen.misses < 1) return note(tx, seen, { misses: seen.misses + 1, checkAt: seconds(now, 10) });
      return ended(tx, seen, await causeOfAbsence(tx, seen.id), now);
    }
    default: {
      // Azure took the end before the window was over, however long it went on showing it.
      const isCut = seen.endedAt !== null && seen.endsAt !== null && seen.endedAt < seen.endsAt;
      if (over && !isCut) return ended(tx, seen, 'expired', now);
      if (seen.endedAt) return ended(tx, seen, 'ended_early', now);
      // Azure is not told yet: a replica that lags, or somebody who was first. The job will hear it, while there is one.
      if (seen.misses < endingLooks)
        return note(tx, seen, { misses: seen.misses + 1, checkAt: seconds(now, 10) });
      return ended(tx, seen, await causeOfAbsence(tx, seen.id), now);
    }
  }
}

/**
 * An approval was used by an activation in another client, of which Azure shows nothing: PIM may ask and then not go on.
 * The approval is not given back, for what it let pass could still come; its person is not kept from asking anew.
 */
async function isNotTakenUp(tx: Tx, { id, startsAt, misses }: RequestRecord, now: Date): Promise<boolean> {
  if (!startsAt || misses < lostAnswerLooks || now < plusMinutes(startsAt, notTakenUpMinutes)) return false;
  const about = and(eq(auditEntries.subjectKind, 'request'), eq(auditEntries.subjectId, id));
  return (
    (await tx.$count(auditEntries, and(about, eq(auditEntries.action, 'request.started_elsewhere')))) > 0
  );
}

async function ended(tx: Tx, seen: RequestRecord, endCause: EndCause, now: Date) {
  // A probe that was lost has left it here.
  await dropTokens(tx, seen.id);
  // The window ended when Azure was told it would, or when it was seen gone, whichever came first.
  const endedAt = endCause === 'expired' && seen.endsAt && seen.endsAt < now ? seen.endsAt : now;
  return move(tx, seen, 'ended', { endCause, endedAt, failure: null, checkAt: null }, 'request.ended', {
    endCause,
    endedAt,
  });
}
