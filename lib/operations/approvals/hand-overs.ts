import { and, eq, isNotNull } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { signatures, stageApprovers } from '#db/schema/approvals.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';
import { expanded, type StageApprover } from '#lib/operations/approval-policy/expand-stage.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/** Why somebody named for a stage may not sign it, in words that go on after their name; null: they may. */
export async function whyNot(
  tx: Tx,
  stage: Stage,
  request: RequestRecord,
  { id, name }: { id: string; name: string },
): Promise<string | null> {
  const alone: Stage = { ...stage, approvers: [{ is: 'person', id, name }], escalation: null };
  const { approvers, leftOut } = await expanded(tx, alone, request, { escalated: false });
  if (approvers.some(({ approverId }) => approverId === id)) return null;
  return leftOut.find((one) => one.id === id)?.why ?? 'cannot sign';
}

/**
 * Who may sign a stage, as expanded, with those it was handed to by somebody who may; and without whoever shares their
 * place with somebody who has signed: a place signs once, by its own person, their deputy or whom they handed it to.
 */
export async function withHandOvers(
  tx: Tx,
  { id: requestId, ...rest }: RequestRecord,
  at: { stage: Stage; index: number },
  approvers: readonly StageApprover[],
): Promise<StageApprover[]> {
  const request = { id: requestId, ...rest };
  const handed = await tx
    .select()
    .from(stageApprovers)
    .where(
      and(
        eq(stageApprovers.requestId, requestId),
        eq(stageApprovers.stage, at.index),
        isNotNull(stageApprovers.handedToId),
      ),
    );
  const all = [...approvers];
  for (const { approverId: forId, approverName: forName, handedToId } of handed) {
    const hander = approvers.find((one) => one.approverId === forId && one.forId === null);
    if (!hander || !handedToId || all.some(({ approverId }) => approverId === handedToId)) continue;
    const name = await nameOf(tx, requestId, at.index, handedToId);
    if (await whyNot(tx, at.stage, request, { id: handedToId, name })) continue;
    const through = `handed over by ${forName}`;
    all.push({ ...hander, approverId: handedToId, approverName: name, through, forId, forName });
  }
  const signed = await tx
    .select()
    .from(signatures)
    .where(and(eq(signatures.requestId, requestId), eq(signatures.stage, at.index)));
  const counted = signed.filter(({ state }) => state === 'intended' || state === 'recorded');
  const isTaken = (one: StageApprover) =>
    counted.some(
      (s) => s.approverId !== one.approverId && (s.forId ?? s.approverId) === (one.forId ?? one.approverId),
    );
  return all.filter((one) => !isTaken(one));
}

async function nameOf(tx: Tx, requestId: string, stage: number, id: string): Promise<string> {
  const [row] = await tx
    .select({ name: stageApprovers.approverName })
    .from(stageApprovers)
    .where(
      and(
        eq(stageApprovers.requestId, requestId),
        eq(stageApprovers.stage, stage),
        eq(stageApprovers.approverId, id),
      ),
    );
  return row?.name ?? id;
}
