import { desc } from 'drizzle-orm';
import type { Reader } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import { type ApprovalPolicy, noApprovalPolicy } from '#lib/domain/approval-policy.ts';

/** Stint's approval policy as it holds now. Version 0: nobody ever saved one. */
export async function policyInForce(from: Reader): Promise<{ version: number; policy: ApprovalPolicy }> {
  const [row] = await from.select().from(approvalPolicies).orderBy(desc(approvalPolicies.version)).limit(1);
  return { version: row?.version ?? 0, policy: row?.document ?? noApprovalPolicy };
}
