import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { offers } from '#db/schema/approvals.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { LessAsk } from '#lib/domain/terms.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { guardReason } from '#lib/operations/requests/guard-submit.ts';
import { guardDecision } from './guard-decision.ts';
import { lessOf } from './less.ts';
import { letterOf } from './letter-of.ts';
import { refuseOtherRule } from './other-rule.ts';
import { stageMoved } from './refusal-of-stage.ts';
import { mustHaveSeat } from './seat.ts';

interface Offer {
  requestId: string;
  /** Which stage they were shown, the first as 1; null: what they pressed does not say. */
  shownStage: number | null;
  terms: LessAsk;
  reason: string;
  /** “And I sign that”: accepted, it counts as the offerer’s signature of this stage. */
  signs: boolean;
}

/**
 * Who may sign offers less than is asked: shorter, narrower, later. A newer offer takes the place of an open one.
 * The requester is told; nothing else changes until they accept.
 * @throws Refusal `not_found`, `own_request`, `not_pending`; `malformed` with the field for what is no less or cannot
 * be had; `place_unknown`; `justification_missing`, `reason_unclear`; `policy_asks_more`; where it signs `stage_moved`, ProofNeeded.
 */
export async function offer(ctx: PersonContext, input: Offer): Promise<string> {
  const { requestId, reason, signs } = input;
  return change(
    ctx,
    async (tx) => {
      const waiting = await mustHaveSeat(tx, ctx, requestId);
      const moved = signs ? stageMoved(waiting, input.shownStage) : null;
      if (moved) throw moved;
      if (!reason) throw new Refusal('justification_missing', 'Say why: the person reads this.', 'reason');
      if (reason.length > longestJustification)
        throw new Refusal('justification_too_long', undefined, 'reason');
      await guardReason(tx, reason);
      const now = await clock(tx);
      const less = await lessOf(tx, waiting.request, input.terms, now);
      await refuseOtherRule(tx, waiting, less, now);
      if (signs)
        await guardDecision(tx, ctx, waiting.request, { approve: true, justification: reason }, null);
      return { ...waiting, ...less, now };
    },
    async (tx, { request, approval, terms, now }) => {
      await tx
        .update(offers)
        .set({ state: 'superseded', answeredAt: now })
        .where(and(eq(offers.requestId, requestId), eq(offers.state, 'open')));
      const id = randomUUID();
      const { objectId: byId, name: byName } = ctx.actor;
      await tx.insert(offers).values({
        ...{ id, requestId, byId, byName, terms, reason, signs },
        ...{ stage: approval.stage, state: 'open', offeredAt: now },
      });
      await tell(tx, [letterOf(request, 'offer', request.requesterId, id, { byName, text: reason })]);
      await announce(tx, await onScreenOf(tx, requestId));
      const details = { offer: id, terms, justification: reason, signs };
      return {
        value: id,
        entries: [{ action: 'request.offered', subject: { kind: 'request', id: requestId }, details }],
      };
    },
  );
}
