import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import type { ActiveAssignment } from '#lib/domain/assignment.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import type { Changed } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { closeAsPast } from '#lib/operations/evaluations/close-as-past.ts';
import { noteGivenInFreeze } from '#lib/operations/evaluations/note-given-in-freeze.ts';
import { endingLooks, nextLook, seconds } from './look-times.ts';
import { move, note, type RequestRecord } from './move.ts';

/** Azure may go on showing what it ended for so long. */
const lagMinutes = 25;

/** A look found that Azure holds the activation: how the request moves. */
export async function azureShows(
  tx: Tx,
  { traceId }: Context,
  seen: RequestRecord,
  held: ActiveAssignment,
  now: Date,
): Promise<Changed<unknown>> {
  const startsAt = held.startsAt ?? seen.startsAt ?? now;
  const endsAt = held.endsAt ?? seen.endsAt ?? plusMinutes(startsAt, seen.minutes);
  switch (seen.status) {
    case 'filed':
    case 'needs_you':
    case 'awaiting_approval':
    case 'scheduled':
    case 'provisioning': {
      const closed = await closeAsPast(tx, seen, held);
      if (closed) return closed;
      const past = await noteGivenInFreeze(tx, seen, startsAt);
      const patch = {
        startsAt,
        endsAt,
        activeAt: now,
        ...(past && { bypassedAt: now }),
        failure: null,
        challenge: null,
        misses: 0,
        checkAt: nextLook(now, endsAt),
      };
      await enqueue(tx, 'probe', { requestId: seen.id, tries: 1, traceId });
      const seenAfterMs = now.getTime() - startsAt.getTime();
      const details = { startsAt, endsAt, seenAfterMs };
      const { value, entries } = await move(tx, seen, 'active', patch, 'request.activated', details);
      return { value, entries: past ? [...entries, past] : entries };
    }
    case 'active':
      // Past its end and still there: look again soon; Azure is about to drop it.
      return note(tx, seen, { misses: 0, endsAt, checkAt: nextLook(now, endsAt) });
    default: {
      // Told to end it, Azure may show it for as long as its replicas lag; never told, it is asked for again.
      const told = seen.endedAt !== null;
      const lags = seen.endedAt !== null && now < plusMinutes(seen.endedAt, lagMinutes);
      const soon = seen.misses < endingLooks;
      if (soon || lags)
        return note(tx, seen, {
          misses: seen.misses + 1,
          checkAt: seconds(now, soon ? (told ? 2 : 10) : 30),
        });
      const failure = told
        ? 'Azure still holds it, though it was told to end it. End it again.'
        : 'Azure was not told in time. End it again.';
      return move(
        tx,
        seen,
        'active',
        { failure, challenge: null, misses: 0, endedAt: null, checkAt: nextLook(now, endsAt) },
        'request.end_failed',
        { failure },
      );
    }
  }
}
