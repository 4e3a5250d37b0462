import type { Tx } from '#db/client.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';
import { expanded } from '#lib/operations/approval-policy/expand-stage.ts';
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
