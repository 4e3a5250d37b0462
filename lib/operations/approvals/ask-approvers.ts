import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { clock } from '#db/clock.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import type { LetterKind } from '#lib/domain/letter.ts';
import { stillMissing } from '#lib/domain/stages.ts';
import { expandStage, type StageApprover } from '#lib/operations/approval-policy/expand-stage.ts';
import type { Told } from '#lib/operations/change.ts';
import { tell } from '#lib/operations/letters/tell.ts';
import { administrators } from './administrators.ts';
import type { HeldApproval } from './hold-approval.ts';
import { letterOf } from './letter-of.ts';
import { isTaken } from './place-taken.ts';
import { unnameOthers } from './unname-others.ts';

/**
 * Writes down who may sign the stage that waits, in place of who may no longer, and asks them: those that were not asked before, or for a `reminder`
 * all. Where there are too few to sign it, it goes on waiting, the requester is told, and administrators are.
 */
export async function askApprovers(
  tx: Tx,
  held: HeldApproval,
  kind: Extract<LetterKind, 'asked_to_sign' | 'escalated' | 'reminder'>,
): Promise<Told[]> {
  const { request, stage, standing, approval } = held;
  const found = await expandStage(tx, stage, request, { escalated: standing.isEscalated });
  await unnameOthers(tx, held, found);
  const all = stillOf(held, found);
  const named = await nameApprovers(tx, request.id, standing.stage, all);
  const asked = kind === 'reminder' ? all.map(({ approverId }) => approverId) : named;
  const now = await clock(tx);
  const of = `${standing.stage}${kind === 'reminder' ? ` ${now.toISOString()}` : ''} v${approval.version}`;
  const text = request.justification;
  await tell(
    tx,
    asked.map((to) => letterOf(request, kind, to, of, { stage: stage.name, text })),
  );
  await announce(tx, [request.requesterId, ...all.map(({ approverId }) => approverId)]);
  if (all.length >= stillMissing(held.pinned, standing) || kind === 'reminder') return [];
  return tellNobodyCan(tx, held, all.length);
}

/** Who may sign now and has not signed yet. */
export async function mayStillSign(tx: Tx, held: HeldApproval): Promise<StageApprover[]> {
  const { request, stage, standing } = held;
  return stillOf(held, await expandStage(tx, stage, request, { escalated: standing.isEscalated }));
}

function stillOf(held: HeldApproval, found: readonly StageApprover[]): StageApprover[] {
  const { standing, personOf } = held;
  const signed = standing.signatures.filter(({ state }) => state === 'intended' || state === 'recorded');
  return found.filter(
    (one) => !isTaken(held, one) && !signed.some(({ personId }) => personId === personOf(one.approverId)),
  );
}

/** Adds who is not named for the stage yet. Returns their ids. */
async function nameApprovers(
  tx: Tx,
  requestId: string,
  stage: number,
  found: readonly StageApprover[],
): Promise<string[]> {
  if (found.length === 0) return [];
  const rows = await tx
    .insert(stageApprovers)
    .values(
      found.map(({ approverId, approverName, through, forId, forName, isEscalated }) => ({
        ...{ requestId, stage, approverId, approverName, through, forId, forName, isEscalated },
      })),
    )
    .onConflictDoNothing()
    .returning({ id: stageApprovers.approverId });
  return rows.map(({ id }) => id);
}

async function tellNobodyCan(
  tx: Tx,
  { request, stage, standing }: HeldApproval,
  found: number,
): Promise<Told[]> {
  const others = (await administrators(tx)).filter((id) => id !== request.requesterId);
  const of = `${standing.stage} ${standing.isEscalated ? 'escalated' : ''}`;
  const letters = [request.requesterId, ...others].map((to) =>
    letterOf(request, 'nobody_can_sign', to, of, { stage: stage.name }),
  );
  await tell(tx, letters);
  return [
    {
      action: 'request.nobody_can_sign',
      subject: { kind: 'request', id: request.id },
      details: { stage: standing.stage, stageName: stage.name, needed: stage.signatures, found },
    },
  ];
}
