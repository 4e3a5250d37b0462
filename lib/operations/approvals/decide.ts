import { randomUUID } from 'node:crypto';
import { and, eq, inArray } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { enqueue } from '#db/queue.ts';
import { decisions } from '#db/schema/requests.ts';
import { type Challenge, challengeNote, nextChallenge } from '#lib/domain/challenge.ts';
import { mayApprove } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { accountsOf } from '#lib/operations/approval-policy/accounts-of.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import type { TokenChallenges } from '#lib/operations/requests/challenges.ts';
import { approverIds, mustLoad } from '#lib/operations/requests/move.ts';
import { frozen } from './begin-approval.ts';
import { guardDecision } from './guard-decision.ts';
import { verdictNow } from './verdict-now.ts';

/** A decision carries a decision and a reason; nothing else of it is read. */
export interface Decide {
  requestId: string;
  approve: boolean;
  justification: string;
}

/** The stronger sign-in of a decision: made for it just now, or asked for before a token is given for it. */
interface Challenged {
  answered?: { challenge: Challenge; madeAt: Date };
  asked?: TokenChallenges;
}

/**
 * An approver decides. The first intent wins, by an index in the database; Azure is told by the job, with
 * the approver's own token, and has the last word.
 * @throws Refusal `not_found` for who may not even see it, `own_request`, `already_decided` naming the winner,
 * `not_pending`, `justification_missing` for a no without a reason, `frozen` for a yes to what would begin in a freeze,
 * `step_up_needed` when it is kept until the approver has signed in as Microsoft asks.
 */
export async function decide(
  ctx: PersonContext,
  input: Decide,
  seal: SealedTokens,
  { answered, asked = {} }: Challenged = {},
): Promise<void> {
  const { requestId, approve, justification } = input;
  const isKept = await change(
    ctx,
    async (tx) => {
      const request = await mustLoad(tx, requestId);
      const approvers = await approverIds(tx, requestId);
      const own = await accountsOf(tx, request.requesterId, request.filedAt);
      if (own.includes(ctx.actor.objectId)) throw new Refusal('own_request');
      if (!approvers.includes(ctx.actor.objectId)) throw new Refusal('not_found');
      await refuseDecided(tx, requestId);
      if (!mayApprove(ctx.actor, { ...request, approverIds: approvers })) throw new Refusal('not_pending');
      if (!approve && !justification) {
        throw new Refusal(
          'justification_missing',
          'Say why you deny it: the person reads this.',
          'justification',
        );
      }
      if (justification.length > longestJustification)
        throw new Refusal('justification_too_long', undefined, 'justification');
      // Azure gives it at once, or at its start, whenever it was asked for.
      const stopped = approve ? frozen(await verdictNow(tx, request)) : null;
      if (stopped) throw stopped;
      await guardDecision(tx, ctx, request, input, answered?.madeAt ?? null);
      return { request, approvers };
    },
    async (tx, { request, approvers }) => {
      const id = randomUUID();
      const audience = audienceOf[request.plane];
      const claims = asked[audience];
      const challenge = claims ? nextChallenge(null, { audience, claims }) : (answered?.challenge ?? null);
      const [row] = await tx
        .insert(decisions)
        .values({
          id,
          requestId,
          requesterId: request.requesterId,
          approverId: ctx.actor.objectId,
          approverName: ctx.actor.name,
          approve,
          justification,
          state: claims ? 'failed' : 'intended',
          failure: claims && challenge ? challengeNote(challenge, 'decision') : null,
          challenge,
          origin: 'stint',
          decidedAt: await clock(tx),
        })
        .onConflictDoNothing()
        .returning({ id: decisions.id });
      if (!row) {
        await refuseDecided(tx, requestId);
        throw new Refusal('conflict');
      }
      await announce(tx, [request.requesterId, ...approvers]);
      const subject = { kind: 'request', id: requestId } as const;
      if (claims) {
        const details = { approverId: ctx.actor.objectId, approverName: ctx.actor.name, challenge };
        return { value: true, entries: [{ action: 'request.decision_waits', subject, details }] };
      }
      await keepToken(tx, id, audience, seal);
      await enqueue(tx, 'decide', { decisionId: id, traceId: ctx.traceId });
      const action = approve ? 'request.approval_intended' : 'request.denial_intended';
      return { value: false, entries: [{ action, subject, details: { justification } }] };
    },
  );
  if (isKept) throw new Refusal('step_up_needed');
  failPoint('decide:after-intent');
}

/** @throws Refusal naming who decided first. */
async function refuseDecided(tx: Tx, requestId: string): Promise<void> {
  const [first] = await tx
    .select({ name: decisions.approverName, approve: decisions.approve })
    .from(decisions)
    .where(and(eq(decisions.requestId, requestId), inArray(decisions.state, ['intended', 'recorded'])));
  if (first)
    throw new Refusal(
      'already_decided',
      `${first.name} ${first.approve ? 'approved' : 'denied'} this first.`,
    );
}
