import { and, eq, lt, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { failPoint } from '#db/fail-points.ts';
import { decisions } from '#db/schema/requests.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ApprovalState, PersonPort, PersonPorts } from '#lib/azure/ports.ts';
import { type Challenge, challengeNote } from '#lib/domain/challenge.ts';
import { audienceOf } from '#lib/domain/plane.ts';
import { dropTokens, tokenOf } from '#lib/operations/act-tokens.ts';
import { type Changed, change } from '#lib/operations/change.ts';
import type { Context, OpenToken } from '#lib/operations/context.ts';
import { challengeIn } from '#lib/operations/requests/challenges.ts';
import { failureWords } from '#lib/operations/requests/failure-words.ts';
import { windowFrom } from '#lib/operations/requests/granted-window.ts';
import {
  approverIds,
  loadRequest,
  move,
  mustLoad,
  type RequestRecord,
} from '#lib/operations/requests/move.ts';
import { tellThatPimWaits } from './pass-on.ts';
import { type Looking, requesterGone } from './requester-gone.ts';

type DecisionRecord = typeof decisions.$inferSelect;

/**
 * Tells Azure a decision with the approver's own token, and records what Azure says: ours, or who was first. A yes to
 * somebody who left, or is not eligible any more, is not told.
 * A decision told twice is found decided by ourselves the second time, and counts.
 * @throws AzureFault that may be tried again.
 */
export async function applyDecision(
  ctx: Context,
  decisionId: string,
  ports: PersonPorts,
  open: OpenToken,
  looking: Looking,
): Promise<void> {
  const [decision] = await db().select().from(decisions).where(eq(decisions.id, decisionId));
  if (decision?.state !== 'intended') return;
  const request = await loadRequest(db(), decision.requestId);
  if (!request) return;
  const token = await tokenOf(decisionId, audienceOf[request.plane], open);
  if (!token || !request.approvalId)
    return failed(ctx, decision, 'Azure was not told in time. Decide again.');
  const gone = decision.approve ? await whyGone(request, looking) : null;
  if (gone) return failed(ctx, decision, `${gone} Deny it, and it is closed.`);
  const port = ports[request.plane];
  let first: ApprovalState | null = null;
  failPoint('decide:before-act');
  try {
    const { approve, justification } = decision;
    const reason = justification || 'Approved in Stint without a comment.';
    await port.decide(token, {
      approvalId: request.approvalId,
      decision: approve ? 'approve' : 'deny',
      justification: reason,
    });
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    const challenge = challengeIn(error, { plane: request.plane, challenge: decision.challenge });
    if (challenge) return failed(ctx, decision, challengeNote(challenge, 'decision'), challenge);
    if (error.kind !== 'already_decided' && error.kind !== 'not_found')
      return failed(ctx, decision, failureWords(error));
    const stands = await stand(port, token, request.approvalId);
    if (stands instanceof AzureFault) return failed(ctx, decision, failureWords(stands));
    first = stands;
  }
  failPoint('decide:after-act');
  const known = first;
  await change(
    ctx,
    (tx) => mustLoad(tx, request.id),
    (tx, seen) =>
      known && !isOurs(known, decision)
        ? lost(tx, seen, decision, known)
        : won(tx, seen, decision, known?.decidedAt ?? null),
  );
  failPoint('decide:after-record');
}

/** Why nobody is left to give it to. Where the Reader hears nothing, Azure itself has the last word about the yes. */
async function whyGone(request: RequestRecord, looking: Looking): Promise<string | null> {
  try {
    return await requesterGone(request, looking);
  } catch (error) {
    if (error instanceof AzureFault) return null;
    throw error;
  }
}

/** How the approval stands; the fault when Azure will never say. */
async function stand(
  port: PersonPort,
  token: string,
  approvalId: string,
): Promise<ApprovalState | AzureFault> {
  try {
    return await port.approval(token, approvalId);
  } catch (error) {
    if (!(error instanceof AzureFault) || error.retry === 'later') throw error;
    return error;
  }
}

/** What stands is what we told: an earlier try was heard, and its answer lost. */
function isOurs({ outcome, decidedById }: ApprovalState, { approve, approverId }: DecisionRecord): boolean {
  return outcome === (approve ? 'approved' : 'denied') && decidedById === approverId;
}

async function won(
  tx: Tx,
  seen: RequestRecord,
  decision: DecisionRecord,
  decidedAt: Date | null,
): Promise<Changed<unknown>> {
  if (!(await settle(tx, decision, 'recorded', null))) return { value: null, entries: [] };
  const { approve, justification } = decision;
  const said = { approverId: decision.approverId, approverName: decision.approverName, justification };
  return decided(tx, seen, approve, said, decidedAt);
}

/** Moves the request as decided, unless it has already gone that way; `decidedAt` null: just now. */
async function decided(
  tx: Tx,
  seen: RequestRecord,
  approve: boolean,
  said: Record<string, unknown>,
  decidedAt: Date | null,
): Promise<Changed<unknown>> {
  if (seen.status !== 'awaiting_approval' && seen.status !== 'withdrawing') {
    // Somebody who looked meanwhile has told of the denial: this says whose it was.
    const known = seen.status === 'denied' ? 'request.denial_confirmed' : 'request.denied';
    const action = approve ? 'request.approved' : known;
    return { value: null, entries: [{ action, subject: { kind: 'request', id: seen.id }, details: said }] };
  }
  const now = await clock(tx);
  if (!approve) return move(tx, seen, 'denied', { checkAt: null, endedAt: now }, 'request.denied', said);
  // The window begins with the approval, which Azure may have heard long before its answer reached us.
  const { startsAt, endsAt } = windowFrom(seen, decidedAt && decidedAt < now ? decidedAt : now);
  const patch = { startsAt, endsAt, checkAt: startsAt, misses: 0 };
  return move(tx, seen, startsAt > now ? 'scheduled' : 'provisioning', patch, 'request.approved', said);
}

/** Somebody else was first, in Azure or on another card. */
async function lost(
  tx: Tx,
  seen: RequestRecord,
  decision: DecisionRecord,
  first: ApprovalState,
): Promise<Changed<unknown>> {
  const who = first.decidedByName ?? 'Somebody else';
  const what = first.outcome === 'approved' ? 'approved' : first.outcome === 'denied' ? 'denied' : 'closed';
  if (!(await settle(tx, decision, 'lost', `${who} ${what} this first.`)))
    return { value: null, entries: [] };
  await tellEveryone(tx, seen);
  if (first.outcome !== 'approved' && first.outcome !== 'denied') return { value: null, entries: [] };
  const approve = first.outcome === 'approved';
  if (first.decidedById && first.decidedById !== seen.requesterId) {
    await tx
      .insert(decisions)
      .values({
        id: sql`gen_random_uuid()`,
        requestId: seen.id,
        requesterId: seen.requesterId,
        approverId: first.decidedById,
        approverName: who,
        approve,
        justification: first.justification,
        state: 'recorded',
        origin: 'azure',
        decidedAt: first.decidedAt ?? (await clock(tx)),
      })
      .onConflictDoNothing();
  }
  const said = {
    approverId: first.decidedById,
    approverName: who,
    justification: first.justification,
    where: 'azure',
  };
  return decided(tx, seen, approve, said, first.decidedAt);
}

async function failed(
  ctx: Context,
  decision: DecisionRecord,
  failure: string,
  challenge: Challenge | null = null,
): Promise<void> {
  await change(
    ctx,
    (tx) => mustLoad(tx, decision.requestId),
    async (tx, seen) => {
      if (!(await settle(tx, decision, 'failed', failure, challenge))) return { value: null, entries: [] };
      await tellEveryone(tx, seen);
      await tellThatPimWaits(tx, seen);
      const { approverId, approverName } = decision;
      const details = { failure, approverId, approverName, ...(challenge && { challenge }) };
      return {
        value: null,
        entries: [{ action: 'request.decision_failed', subject: { kind: 'request', id: seen.id }, details }],
      };
    },
  );
}

/** Closes the intent by compare-and-set; false when another run was first. */
async function settle(
  tx: Tx,
  decision: DecisionRecord,
  state: 'recorded' | 'failed' | 'lost',
  failure: string | null,
  challenge: Challenge | null = null,
): Promise<boolean> {
  await dropTokens(tx, decision.id);
  const rows = await tx
    .update(decisions)
    .set({ state, failure, challenge })
    .where(and(eq(decisions.id, decision.id), eq(decisions.state, 'intended')))
    .returning({ id: decisions.id });
  return rows.length === 1;
}

async function tellEveryone(tx: Tx, request: RequestRecord): Promise<void> {
  await announce(tx, [request.requesterId, ...(await approverIds(tx, request.id))]);
}

/** An intent whose job is gone would block everyone else: after a quarter hour it counts as failed, on record. */
export async function releaseStaleDecisions(ctx: Context): Promise<void> {
  const stale = await db()
    .select()
    .from(decisions)
    .where(
      and(eq(decisions.state, 'intended'), lt(decisions.decidedAt, sql`stint_now() - interval '15 minutes'`)),
    );
  for (const decision of stale) await failed(ctx, decision, 'Azure was not told in time. Decide again.');
}
