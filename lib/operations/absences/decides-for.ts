import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '#db/client.ts';
import { requestApprovals, stageApprovers } from '#db/schema/approvals.ts';
import { requests } from '#db/schema/requests.ts';
import { expanded } from '#lib/operations/approval-policy/expand-stage.ts';

/** Whether somebody is asked to sign what these accounts wait for, or would be, in a stage that is still to come. */
export async function decidesFor(tx: Tx, accounts: readonly string[], approverId: string): Promise<boolean> {
  const waiting = await tx
    .select({ request: requests, approval: requestApprovals })
    .from(requests)
    .innerJoin(requestApprovals, eq(requestApprovals.requestId, requests.id))
    .where(and(inArray(requests.requesterId, [...accounts]), eq(requests.status, 'awaiting_signatures')));
  for (const { request, approval } of waiting) {
    const named = and(eq(stageApprovers.requestId, request.id), eq(stageApprovers.approverId, approverId));
    if ((await tx.$count(stageApprovers, named)) > 0) return true;
    const outcome = approval.rule.then;
    for (const stage of outcome.is === 'stages' ? outcome.stages.slice(approval.stage) : []) {
      const { approvers, leftOut } = await expanded(tx, stage, request, { escalated: true });
      const ids = [...approvers.map((one) => one.approverId), ...leftOut.map(({ id }) => id)];
      if (ids.includes(approverId)) return true;
    }
  }
  return false;
}
