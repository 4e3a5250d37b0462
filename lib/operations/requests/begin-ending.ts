import { and, eq, inArray } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';
import { isHeldForEnd } from '#lib/domain/follow-on.ts';
import { sameTicket } from '#lib/domain/need.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { isCancellable, liveStatuses } from '#lib/domain/request.ts';
import { floorMinutes, inWords, minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import type { Told } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { beginCancelling } from './begin-cancelling.ts';
import { move, note, type RequestRecord } from './move.ts';
import { neverTaken } from './never-taken.ts';

/** How an end is meant; nothing said: now or not at all, and what follows is cancelled with it. */
export interface Manner {
  /** In PIM's first five minutes: as soon as they are over, instead of a no. The person's token lasts for ten. */
  soonest?: boolean | undefined;
  /** What was asked for to follow stays asked for. */
  keepFollowOn?: boolean | undefined;
}

interface Ending {
  request: RequestRecord;
  now: Date;
  seal: SealedTokens;
  manner: Manner;
  /** The one ticket that is done; what was asked for to follow for another one is left alone. */
  ticketNumber?: string | null;
}

/**
 * Writes down that an activation is to end, with everything that goes with it: the job with the person's token, and
 * what was to follow it. Its needs stay open until it has ended: it may yet be called off, or come to nothing.
 * @throws Refusal `under_the_floor` in PIM's first five minutes, `conflict` while what follows is being asked for.
 */
export async function beginEnding(
  tx: Tx,
  ctx: PersonContext,
  { request, now, seal, manner, ticketNumber = null }: Ending,
): Promise<Told[]> {
  const endableAt = plusMinutes(request.startsAt ?? request.filedAt, floorMinutes);
  const isTooSoon = now < endableAt;
  if (isTooSoon && !manner.soonest) {
    const wait = inWords(Math.max(1, minutesBetween(now, endableAt)));
    throw new Refusal(
      'under_the_floor',
      `Azure keeps an activation for at least five minutes. You can end this in ${wait}.`,
    );
  }
  const followed = manner.keepFollowOn
    ? []
    : await cancelFollowOn(tx, ctx, { request, now, seal, ticketNumber });
  await keepToken(tx, request.id, audienceOf[request.plane], seal);
  if (isTooSoon) {
    await note(tx, request, { failure: null, endAfter: endableAt });
    await announce(tx, [request.requesterId]);
    const planned = {
      action: 'request.end_planned',
      subject: { kind: 'request' as const, id: request.id },
      details: { at: endableAt },
    };
    return [planned, ...followed];
  }
  // The version tells this click from an earlier one that came to nothing.
  const job = { requestId: request.id, attempt: request.version, traceId: ctx.traceId };
  await enqueue(tx, 'deactivate', job);
  const patch = { failure: null, misses: 0, endAfter: null, checkAt: plusMinutes(now, 1) };
  const { entries } = await move(tx, request, 'ending', patch, 'request.end_asked');
  return [...entries, ...followed];
}

/** Whoever is done is done with what was to come, too. What Azure is being asked for this moment cannot be taken back yet. */
async function cancelFollowOn(
  tx: Tx,
  ctx: PersonContext,
  { request: { id }, now, seal, ticketNumber = null }: Omit<Ending, 'manner'>,
): Promise<Told[]> {
  const [next] = await tx
    .select()
    .from(requests)
    .where(and(eq(requests.followsId, id), inArray(requests.status, [...liveStatuses])));
  if (!next) return [];
  if (ticketNumber !== null && !sameTicket(next.ticketNumber, ticketNumber)) return [];
  if (isHeldForEnd(next, now)) return (await neverTaken(tx, next)).entries;
  if (next.status === 'filed')
    throw new Refusal(
      'conflict',
      'What is to follow it is being asked for right now. End it again in a moment, or keep what follows.',
    );
  if (!isCancellable(next.status)) return [];
  return (await beginCancelling(tx, ctx, next, seal)).entries;
}
