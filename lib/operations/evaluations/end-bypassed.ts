import { eq } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import type { ApprovalPolicy } from '#lib/domain/approval-policy.ts';
import { askEnd } from '#lib/operations/apply/ask-end.ts';
import { isSwitchedOn } from '#lib/operations/apply/is-switched-on.ts';
import type { Told } from '#lib/operations/change.ts';
import type { RequestRecord } from '#lib/operations/requests/move.ts';

/**
 * Has the Applier end an activation that went past Stint's approval, where the policy in force says so: asked by who
 * saved that policy. `isOn`: the Applier is switched on there. null: nothing is to be ended.
 */
export async function endBypassed(
  tx: Tx,
  request: RequestRecord,
  { version, policy }: { version: number; policy: ApprovalPolicy },
  now: Date,
): Promise<{ told: Told; isOn: boolean } | null> {
  if (!policy.endsBypassed) return null;
  const [by] = await tx.select().from(approvalPolicies).where(eq(approvalPolicies.version, version));
  if (!by) return null;
  const told = await askEnd(
    tx,
    {
      ...{ request, because: 'bypassed', details: { policyVersion: version } },
      by: { id: by.changedById, name: by.changedByName },
    },
    now,
  );
  if (!told) return null;
  const { plane, scopeId } = request;
  return { told, isOn: await isSwitchedOn(tx, { plane, way: 'assignment', kept: { scopeId } }) };
}
