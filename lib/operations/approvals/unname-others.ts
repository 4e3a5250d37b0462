import { and, eq, inArray } from 'drizzle-orm';
import { announce } from '#db/changes.ts';
import type { Tx } from '#db/client.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import { awayAmong } from '#lib/operations/approval-policy/away-among.ts';
import type { StageApprover } from '#lib/operations/approval-policy/expand-stage.ts';
import type { HeldApproval } from './hold-approval.ts';

/**
 * Takes off the list of the stage that waits who may not sign it any more. Who signed, handed it over or had it handed
 * stays, being part of what happened; and who is only away, since they come back to it.
 */
export async function unnameOthers(
  tx: Tx,
  { request, standing, signatures }: HeldApproval,
  found: readonly StageApprover[],
): Promise<void> {
  const inStage = and(eq(stageApprovers.requestId, request.id), eq(stageApprovers.stage, standing.stage));
  const rows = await tx.select().from(stageApprovers).where(inStage);
  const kept = new Set([
    ...found.map(({ approverId }) => approverId),
    ...signatures.map(({ approverId }) => approverId),
    ...rows.flatMap(({ approverId, handedToId }) => (handedToId ? [approverId, handedToId] : [])),
  ]);
  const others = rows.map(({ approverId }) => approverId).filter((id) => !kept.has(id));
  if (others.length === 0) return;
  const away = await awayAmong(tx, others);
  const gone = others.filter((id) => !away.of(id));
  if (gone.length === 0) return;
  await tx.delete(stageApprovers).where(and(inStage, inArray(stageApprovers.approverId, gone)));
  await announce(tx, [request.requesterId, ...gone]);
}
