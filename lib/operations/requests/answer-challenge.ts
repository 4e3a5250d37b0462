import { and, asc, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { enqueue } from '#db/queue.ts';
import { requests } from '#db/schema/requests.ts';
import { asksTheSame, type Challenge } from '#lib/domain/challenge.ts';
import { mayResume } from '#lib/domain/permission.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { judgeAgain } from '#lib/operations/approvals/judge-again.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { refuseBroken } from '#lib/operations/tickets/refuse-broken.ts';
import { move, mustLoad, type RequestRecord } from './move.ts';

/**
 * The person signed in as a challenge asked: the same request goes on, and with it what was asked for in the same
 * submit and waits for the same sign-in. Each gets the token sealed to itself.
 * @throws Refusal `not_found` for somebody else's, `conflict` when it does not wait for this sign-in (any more),
 * `ticket_closed` when its ticket does not allow it any more, `frozen` or `receipt_over` when Stint's own policy does not,
 * `occurrence_over` when its on-call window is over.
 */
export async function answerChallenge(
  ctx: PersonContext,
  requestId: string,
  answered: Pick<Challenge, 'audience' | 'claims'>,
  seal: SealedTokens,
): Promise<void> {
  await change(
    ctx,
    async (tx) => {
      const asked = await mustLoad(tx, requestId);
      if (asked.requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
      const together = await sameSubmit(tx, asked);
      const waiting = together.filter((one) => mayResume(ctx.actor, one) && waitsFor(one, answered));
      if (!waiting.some(({ id }) => id === requestId)) throw new Refusal('conflict');
      // One submit names one ticket: what it says of this one, it says of all.
      await refuseBroken(tx, requestId);
      const judged: RequestRecord[] = [];
      for (const one of waiting) {
        const again = await judgeAgain(tx, one).catch((error: unknown) => {
          // What is refused of the others is told when they are resumed; it keeps this one from nothing.
          if (one.id === requestId || !(error instanceof Refusal)) throw error;
          return null;
        });
        if (again) judged.push(again);
      }
      return judged;
    },
    async (tx, waiting) => {
      const entries: Told[] = [];
      const checkAt = plusMinutes(await clock(tx), 2);
      for (const request of waiting) {
        await keepToken(tx, request.id, answered.audience, seal);
        await enqueue(tx, 'provision', { requestId: request.id, traceId: ctx.traceId });
        // The challenge stays on it: asked for once more, it is known as a repeat.
        const patch = { failure: null, misses: 0, minutes: request.minutes, checkAt };
        const moved = await move(tx, request, 'filed', patch, 'request.stepped_up', { ...answered });
        entries.push(...moved.entries);
      }
      return { value: null, entries };
    },
  );
}

/** Locked, so that no look comes between: it and what was sent with it. */
function sameSubmit(tx: Tx, { submissionId, requesterId }: RequestRecord): Promise<RequestRecord[]> {
  return tx
    .select()
    .from(requests)
    .where(and(eq(requests.submissionId, submissionId), eq(requests.requesterId, requesterId)))
    .orderBy(asc(requests.id))
    .for('update');
}

function waitsFor({ challenge }: RequestRecord, answered: Pick<Challenge, 'audience' | 'claims'>): boolean {
  return challenge !== null && asksTheSame(challenge, answered);
}
