import { and, eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { stageApprovers } from '#db/schema/approvals.ts';
import { expandStage, type StageApprover } from '#lib/operations/approval-policy/expand-stage.ts';
import type { HeldApproval } from './hold-approval.ts';
import { isTaken } from './place-taken.ts';
import { whyNotInPlace } from './why-not.ts';

/** Somebody who may sign the stage that waits, and whoever handed it over to them, if anybody did. */
export interface ApproverNow {
  approver: StageApprover;
  handedById: string | null;
}

/**
 * By what somebody may sign the stage that waits now; null: by nothing. Who is in one of its sets, who stands in for
 * one of them, or who had it handed over, from one to the next, by somebody who still may, and may have it still.
 */
export async function approverNow(
  tx: Tx,
  held: HeldApproval,
  accountId: string,
): Promise<ApproverNow | null> {
  return (await approversNow(tx, held))(accountId);
}

/** The same of several. */
export async function approversNow(
  tx: Tx,
  held: HeldApproval,
): Promise<(accountId: string) => Promise<ApproverNow | null>> {
  const { request, stage, standing } = held;
  const found = await expandStage(tx, stage, request, { escalated: standing.isEscalated });
  const rows = await tx
    .select()
    .from(stageApprovers)
    .where(and(eq(stageApprovers.requestId, request.id), eq(stageApprovers.stage, standing.stage)));
  return async (accountId) => {
    const own = found.find(({ approverId }) => approverId === accountId);
    if (own) return isTaken(held, own) ? null : { approver: own, handedById: null };
    const asked = new Set([accountId]);
    for (const id of asked) {
      for (const row of rows) {
        if (row.handedToId !== id || asked.has(row.approverId)) continue;
        asked.add(row.approverId);
        const from = found.find(({ approverId }) => approverId === row.approverId);
        const name = rows.find(({ approverId }) => approverId === accountId)?.approverName ?? accountId;
        if (!from) continue;
        const place = { forId: from.forId ?? from.approverId, forName: from.forName ?? from.approverName };
        const approver = { ...from, approverId: accountId, approverName: name, ...place };
        if (isTaken(held, approver)) return null;
        // What held when it was handed over is asked again.
        return (await whyNotInPlace(tx, held, { id: accountId, name }))
          ? null
          : { approver, handedById: place.forId };
      }
    }
    return null;
  };
}
