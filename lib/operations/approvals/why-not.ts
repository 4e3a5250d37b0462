import type { Tx } from '#db/client.ts';
import { criticalAmong } from '#db/critical-among.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';
import { expanded, expandStage } from '#lib/operations/approval-policy/expand-stage.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

interface Asked {
  request: RequestRecord;
  stage: Stage;
}

/**
 * Why somebody may not sign a stage in another’s place, as a sentence; null: they may. Never the requester, with any
 * account, nor who is excluded, away or gone; for critical roles only whom the stage or its escalation names.
 */
export async function whyNotInPlace(
  tx: Tx,
  { request, stage }: Asked,
  { id, name }: { id: string; name: string },
): Promise<string | null> {
  const alone: Stage = { ...stage, approvers: [{ is: 'person', id, name }], escalation: null };
  const { approvers, leftOut } = await expanded(tx, alone, request, { escalated: false });
  if (!approvers.some(({ approverId }) => approverId === id))
    return `${name} ${leftOut.find((one) => one.id === id)?.why ?? 'cannot sign'}.`;
  const isCritical = await criticalAmong(tx, [request]);
  if (!isCritical(request)) return null;
  const named = await expandStage(tx, stage, request, { escalated: true });
  return named.some(({ approverId }) => approverId === id)
    ? null
    : `This role is critical: it is handed only to somebody whom its stage or its escalation names, and ${name} is not.`;
}
