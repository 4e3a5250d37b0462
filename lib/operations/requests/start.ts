import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { stricter } from '#lib/domain/narrower.ts';
import { mayStart } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { judge, refusalIn, unknownPolicy } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { next } from '#lib/domain/stages.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { approvalJudge } from '#lib/operations/approval-policy/judge-filing.ts';
import { frozen } from '#lib/operations/approvals/begin-approval.ts';
import { holdApproval } from '#lib/operations/approvals/hold-approval.ts';
import { keepStanding } from '#lib/operations/approvals/keep-standing.ts';
import { refuseOtherTime } from '#lib/operations/approvals/other-rule.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { prove } from '#lib/operations/prove.ts';
import { refuseBroken } from '#lib/operations/tickets/refuse-broken.ts';
import { challengeAtFiling, type TokenChallenges, toldChallenge } from './challenges.ts';
import { eligibilityFor } from './extend.ts';
import { isHeldBack } from './hold-back.ts';
import { lengthLeft } from './length-left.ts';
import { move, mustLoad } from './move.ts';
import { spanOf } from './span-of.ts';
import { waiting } from './write-request.ts';

/**
 * The person starts what was approved: from here on it is filed like any other, and the window begins. Once. What was
 * asked to begin at a time that is past by now begins at once. PIM's rules, freezes, the ticket and the eligibility are
 * looked at again, and whether the version that was pinned asks more of this time; what is in force by now is not. Where a stronger sign-in has to come first, it is started with that.
 * @throws Refusal `not_found` for somebody else's, `conflict` when it is not there to be started, `receipt_over`,
 * `occurrence_over`, `frozen`, `policy_asks_more`, `not_eligible`, `ticket_closed`, or what PIM's policy says by now; ProofNeeded
 */
export async function start(
  ctx: PersonContext,
  requestId: string,
  seal: SealedTokens,
  asked: TokenChallenges = {},
): Promise<void> {
  await change(
    ctx,
    (tx) => gate(tx, ctx, requestId),
    async (tx, { held, outcome, verdict, facts, wantedStartAt, now }) => {
      const { request } = held;
      const challenge = challengeAtFiling(request.plane, verdict, asked);
      await keepStanding(tx, held, outcome.standing);
      const stands = waiting(challenge, now, wantedStartAt);
      if (!challenge) {
        await keepToken(tx, requestId, audienceOf[request.plane], seal);
        // What comes after another is woken by it.
        if (!(await isHeldBack(tx, { ...request, status: 'filed' })))
          await enqueue(tx, 'provision', { requestId, traceId: ctx.traceId });
      }
      const { status, ...patch } = stands;
      const { value, entries } = await move(
        ...([tx, request, status] as const),
        { ...patch, ...facts, wantedStartAt, misses: 0 },
        'request.started',
        { wantedStartAt },
      );
      const waits = challenge ? [toldChallenge(requestId, challenge)] : [];
      return { value, entries: [...entries, ...waits] };
    },
  );
  failPoint('start:after-intent');
}

async function gate(tx: Tx, ctx: PersonContext, requestId: string) {
  const held = await holdApproval(tx, requestId);
  const { requesterId } = held?.request ?? (await mustLoad(tx, requestId));
  if (requesterId !== ctx.actor.objectId) throw new Refusal('not_found');
  if (!held) throw new Refusal('conflict');
  const { request, approval } = held;
  const now = await clock(tx);
  const outcome = next(held.pinned, held.standing, { is: 'start' });
  if (!mayStart(ctx.actor, request)) throw new Refusal('conflict');
  if (outcome.is === 'no') {
    if (outcome.code !== 'not_pending') throw new Refusal('conflict');
    const why = 'Accounts of those who signed turned out to be one person’s, or yours: their signatures are';
    throw new Refusal(
      'policy_asks_more',
      `${why} fewer than Stint’s policy asks. Cancel this, and ask again.`,
    );
  }
  if (!approval.useBy || approval.useBy <= now) throw new Refusal('receipt_over');
  await refuseBroken(tx, requestId);
  const { justification, ticketNumber, wantedStartAt: wanted } = request;
  const wantedStartAt = wanted && wanted > now ? wanted : null;
  const minutes = await lengthLeft(tx, request, wantedStartAt ?? now);
  if (minutes === 0) throw new Refusal('occurrence_over');
  const { eligibilityId, policy } = await eligibleStill(tx, request);
  const ask = { minutes, justification, ticketNumber, startsAt: wantedStartAt };
  const verdict = judge(ask, policy ?? unknownPolicy, now);
  const asked = { ticketNumber, startsAt: wantedStartAt, requestId };
  const stint = await approvalJudge(tx, ctx.actor, asked, [request], now);
  const refusal =
    refusalIn(verdict) ?? frozen(stint.verdictOf(request, minutes + (await spanOf(tx, request.followsId))));
  if (refusal) throw refusal;
  await refuseOtherTime(tx, held, wantedStartAt, now);
  await prove(tx, ctx.call, 'activations', [request]);
  return { held, outcome, verdict, facts: { eligibilityId, policy, minutes }, wantedStartAt, now };
}

/** The eligibility as it is now. What a group is to give is judged by Azure, once the group is active. */
async function eligibleStill(tx: Tx, request: Parameters<typeof isHeldBack>[1]) {
  const { eligibilityId, policy: then, eligibleScopeId, afterId } = request;
  if (afterId && !eligibilityId) return { eligibilityId, policy: then };
  const known = await eligibilityFor(tx, request);
  const policy = eligibleScopeId ? stricter(known.facts, then) : (known.facts ?? then);
  return { eligibilityId: known.eligibilityId, policy };
}
