import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { criticalAmong } from '#db/critical-among.ts';
import { failPoint } from '#db/fail-points.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { enqueue } from '#db/queue.ts';
import { signatures, stageApprovers } from '#db/schema/approvals.ts';
import type { SigningPlace } from '#lib/domain/approval.ts';
import { maySign } from '#lib/domain/permission.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { longestJustification } from '#lib/domain/policy.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { next } from '#lib/domain/stages.ts';
import { keepToken } from '#lib/operations/act-tokens.ts';
import { change } from '#lib/operations/change.ts';
import type { PersonContext, SealedTokens } from '#lib/operations/context.ts';
import { refreshCards } from '#lib/operations/letters/refresh-cards.ts';
import { approverNow } from './approver-now.ts';
import { guardDecision } from './guard-decision.ts';
import { type HeldApproval, holdApproval } from './hold-approval.ts';
import { isOver } from './lapse.ts';
import { refusalOf, stageMoved, whoWasFirst } from './refusal-of-stage.ts';

/** A signature carries a decision, a reason, and where it was given; nothing else of it is read. */
export interface Sign {
  requestId: string;
  /** Which stage they were shown, the first as 1; null: what they pressed does not say. */
  shownStage: number | null;
  approve: boolean;
  justification: string;
  via: SigningPlace;
}

/**
 * An approver says yes or no to the stage that waits. It counts once the job has looked whether it may; no more are
 * taken in than are still missing, so the next one hears who was first.
 * `lend`: where PIM asks the same person too, their token is kept with the signature for ten minutes, to pass it on.
 * @throws Refusal `not_found` for who was never asked, `own_request`, `already_signed`, `already_decided` naming the
 * winner, `not_pending`, `stage_moved` for who was shown another stage than the one that waits, `justification_missing` for a no
 * without a reason, `portal_needed`; ProofNeeded
 */
export async function sign(ctx: PersonContext, input: Sign, lend: SealedTokens | null = null): Promise<void> {
  const { requestId, approve, justification, via } = input;
  const { objectId: approverId } = ctx.actor;
  await change(
    ctx,
    async (tx) => {
      const held = await holdApproval(tx, requestId, approverId);
      if (!held) throw new Refusal('not_found');
      const { request } = held;
      if (held.personOf(approverId) === held.pinned.requesterId) throw new Refusal('own_request');
      const now = await approverNow(tx, held, approverId);
      if (!now && !(await wasAsked(tx, requestId, approverId))) throw new Refusal('not_found');
      // Who may sign the stage that waits is not too late, though they were asked for one before it.
      const asked = now ? null : await stageOf(tx, requestId, approverId);
      const first = whoWasFirst(held, approverId, asked);
      if (first) throw first;
      if (!now || !maySign(ctx.actor, { ...request, approverIds: [approverId] }) || (await isOver(tx, held)))
        throw new Refusal('not_pending');
      const moved = stageMoved(held, input.shownStage);
      if (moved) throw moved;
      const id = randomUUID();
      const signed = {
        is: 'sign',
        id,
        personId: held.personOf(approverId),
        name: ctx.actor.name,
        approve,
      } as const;
      const outcome = next(held.pinned, held.standing, signed);
      if (outcome.is === 'no') throw refusalOf(outcome);
      await guardInput(tx, ctx, held, input);
      return { id, held, approver: now.approver };
    },
    async (tx, { id, held, approver }) => {
      const { request, standing, stage } = held;
      const [row] = await tx
        .insert(signatures)
        .values({
          ...{ id, requestId, requesterId: request.requesterId, stage: standing.stage, approverId },
          ...{ approverName: ctx.actor.name, forId: approver.forId, forName: approver.forName },
          ...{ approve, justification, terms: standing.terms, via, state: 'intended' },
          signedAt: await clock(tx),
        })
        .onConflictDoNothing()
        .returning({ id: signatures.id });
      if (!row) throw new Refusal('already_signed');
      if (lend && approve && isAskedByPim(held, approverId))
        await keepToken(tx, id, audienceOf[request.plane], lend);
      await enqueue(tx, 'countersign', { signatureId: id, traceId: ctx.traceId });
      await refreshCards(tx, requestId);
      await announce(tx, await onScreenOf(tx, requestId));
      const details = { approve, justification, via, stage: standing.stage, stageName: stage.name };
      const instead = approver.forName ? { forId: approver.forId, forName: approver.forName } : {};
      return {
        value: null,
        entries: [
          {
            action: 'request.signature_intended',
            subject: { kind: 'request', id: requestId },
            details: { ...details, ...instead },
          },
        ],
      };
    },
  );
  failPoint('sign:after-intent');
}

/** PIM would ask this very person for the same role. */
function isAskedByPim({ request: { policy } }: HeldApproval, approverId: string): boolean {
  return policy?.approval === true && policy.approvers.some(({ id }) => id === approverId);
}

async function guardInput(
  tx: Tx,
  ctx: PersonContext,
  { request }: HeldApproval,
  { approve, justification, via }: Sign,
): Promise<void> {
  if (!approve && !justification)
    throw new Refusal(
      'justification_missing',
      'Say why you deny it: the person reads this.',
      'justification',
    );
  if (justification.length > longestJustification)
    throw new Refusal('justification_too_long', undefined, 'justification');
  // A click in a chat shows who owns the chat account, and no more than that.
  if (via !== 'portal' && (await criticalAmong(tx, [request]))(request)) throw new Refusal('portal_needed');
  await guardDecision(tx, ctx, request, { approve, justification }, null);
}

async function wasAsked(tx: Tx, requestId: string, approverId: string): Promise<boolean> {
  const asked = and(eq(stageApprovers.requestId, requestId), eq(stageApprovers.approverId, approverId));
  const signed = and(eq(signatures.requestId, requestId), eq(signatures.approverId, approverId));
  return (await tx.$count(stageApprovers, asked)) > 0 || (await tx.$count(signatures, signed)) > 0;
}

/** The first stage they were asked for; null: none. */
async function stageOf(tx: Tx, requestId: string, approverId: string): Promise<number | null> {
  const [row] = await tx
    .select({ stage: stageApprovers.stage })
    .from(stageApprovers)
    .where(and(eq(stageApprovers.requestId, requestId), eq(stageApprovers.approverId, approverId)))
    .orderBy(stageApprovers.stage)
    .limit(1);
  return row?.stage ?? null;
}
