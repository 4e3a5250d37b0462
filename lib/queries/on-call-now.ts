import { db } from '#db/client.ts';
import { nextOfEach, type OccurrenceAhead, occurrencesAhead } from '#db/on-call-ahead.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { remindMinutes } from '#lib/domain/on-call.ts';
import { isLive } from '#lib/domain/request.ts';
import { floorMinutes, plusMinutes } from '#lib/domain/time.ts';
import type { OnCallNow } from './on-call-rows.ts';

/** Of the viewer's on-call windows: what waits for their click, and whether Stint has something to file. */
export async function onCallNow(viewer: Actor): Promise<OnCallNow> {
  const ahead = await occurrencesAhead(db(), viewer.objectId);
  return {
    reminders: ahead
      .filter((one) => isUsable(one) && (one.startsAt <= one.now || one.refusal !== null))
      .map(({ id, startsAt, endsAt, refusal, roles }) => ({ id, startsAt, endsAt, refusal, roles })),
    canFile: nextOfEach(ahead).length > 0,
  };
}

/** Near enough, and something of it was not asked for, or came to nothing. */
export function isUsable({ now, startsAt, endsAt, roles }: OccurrenceAhead): boolean {
  return (
    plusMinutes(startsAt, -remindMinutes) <= now &&
    plusMinutes(endsAt, -floorMinutes) >= now &&
    roles.some(
      ({ status, isTaken }) => !isTaken && (status === null || (!isLive(status) && status !== 'ended')),
    )
  );
}
