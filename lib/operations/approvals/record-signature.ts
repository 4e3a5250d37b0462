import { and, eq, lt, sql } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import { db, type Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { onScreenOf } from '#db/on-screen-of.ts';
import { signatures } from '#db/schema/approvals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { next } from '#lib/domain/stages.ts';
import { dropTokens } from '#lib/operations/act-tokens.ts';
import { change, type Told } from '#lib/operations/change.ts';
import type { Context } from '#lib/operations/context.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { move } from '#lib/operations/requests/move.ts';
import { askApprovers } from './ask-approvers.ts';
import { type HeldApproval, holdApproval, type SignatureRecord } from './hold-approval.ts';
import { keepStanding } from './keep-standing.ts';
import { letterOf } from './letter-of.ts';

/**
 * A signature counts: the stage waits for the next one, or the next stage is asked, or it is a receipt, or over.
 * @throws Refusal `conflict`
 */
export async function recordSignature(
  tx: Tx,
  held: HeldApproval,
  signature: SignatureRecord,
): Promise<Told[]> {
  const { request, pinned, standing } = held;
  const outcome = next(pinned, standing, { is: 'count', id: signature.id });
  if (outcome.is === 'no') throw new Refusal('conflict');
  const to = outcome.standing;
  const { approve, approverId, approverName, justification, stage } = signature;
  const why = `${approverName} ${approve ? 'approved' : 'denied'} this first.`;
  await keepStanding(tx, held, to, { why, ...(approve ? {} : { failure: null }) });
  const said = { approverId, approverName, justification, stage, stageName: held.rule.stages[stage]?.name };
  const instead = signature.forName ? { forId: signature.forId, forName: signature.forName } : {};
  const subject = { kind: 'request', id: request.id } as const;
  const signed = { action: 'request.signed', subject, details: { ...said, ...instead, via: signature.via } };
  const facts = { byName: approverName, text: justification };
  const { requesterId } = request;
  if (to.state === 'denied') {
    const patch = { endedAt: await clock(tx), checkAt: null };
    const { entries } = await move(tx, request, 'denied', patch, 'request.denied', { ...said, ...instead });
    await tell(tx, [letterOf(request, 'denied', requesterId, '', facts)]);
    return entries;
  }
  if (to.state === 'approved') {
    const after = await holdApproval(tx, request.id);
    const details = { useBy: after?.approval.useBy, stages: pinned.stages.length };
    const { entries } = await move(tx, request, 'approved', {}, 'request.approved_by_stages', details);
    await tell(tx, [letterOf(request, 'approved', requesterId, 'stages', facts)]);
    return [signed, ...entries];
  }
  await announce(tx, await onScreenOf(tx, request.id));
  if (to.stage === standing.stage) return [signed];
  const after = await holdApproval(tx, request.id);
  return after ? [signed, ...(await askApprovers(tx, after))] : [signed];
}

/** A signature does not count, and whoever gave it is told why, wherever they are; the next one may. */
export async function discardSignature(
  tx: Tx,
  held: HeldApproval,
  { id, approverId, approverName }: SignatureRecord,
  why: string,
): Promise<Told[]> {
  const outcome = next(held.pinned, held.standing, { is: 'discard', id });
  if (outcome.is === 'no') throw new Refusal('conflict');
  await keepStanding(tx, held, outcome.standing, { why });
  await dropTokens(tx, id);
  await tell(tx, [letterOf(held.request, 'signature_refused', approverId, id, { text: why })]);
  await announce(tx, await onScreenOf(tx, held.request.id));
  return [
    {
      action: 'request.signature_refused',
      subject: { kind: 'request', id: held.request.id },
      details: { approverId, approverName, failure: why },
    },
  ];
}

/** An intent whose job is gone would keep a place from everybody else: after a quarter hour it does not count, on record. */
export async function releaseStaleSignatures(ctx: Context): Promise<void> {
  const stale = await db()
    .select({ id: signatures.id, requestId: signatures.requestId })
    .from(signatures)
    .where(
      and(
        eq(signatures.state, 'intended'),
        lt(signatures.signedAt, sql`stint_now() - interval '15 minutes'`),
      ),
    );
  for (const { id, requestId } of stale)
    await change(
      ctx,
      (tx) => holdApproval(tx, requestId),
      async (tx, held) => {
        const signature = held?.signatures.find((one) => one.id === id);
        if (!held || signature?.state !== 'intended') return { value: null, entries: [] };
        const why = 'Stint could not look in time whether you may sign this. Sign again.';
        return { value: null, entries: await discardSignature(tx, held, signature, why) };
      },
    );
}
