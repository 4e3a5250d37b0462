import type { ApprovalStage } from '@microsoft/microsoft-graph-types';
import { outcomeOf, stageToDecide } from '#lib/azure/approval-stage.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { rowsOf } from '#lib/azure/pages.ts';
import type { ApprovalState, Decision } from '#lib/azure/ports.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import type { GraphCalls } from './calls.ts';

/** Where a plane keeps its approvals: Entra in beta with `steps`, groups in v1.0 with `stages`. */
export interface ApprovalsAt {
  path: string;
  stages: 'steps' | 'stages';
}

interface Approval {
  steps?: ApprovalStage[];
  stages?: ApprovalStage[];
}

/** Decides the open stage that is assigned to the caller. */
export async function decideApproval(calls: GraphCalls, at: ApprovalsAt, decision: Decision): Promise<void> {
  const stage = stageToDecide(await stagesOf(calls, at, decision.approvalId));
  const path = `${at.path}/${decision.approvalId}/${at.stages}/${stage.id}`;
  try {
    await calls.patch(path, {
      reviewResult: decision.decision === 'approve' ? 'Approve' : 'Deny',
      justification: decision.justification,
    });
  } catch (fault) {
    if (fault instanceof AzureFault && fault.status === 409) throw fault.as('already_decided');
    throw fault;
  }
}

export async function readApproval(
  calls: GraphCalls,
  at: ApprovalsAt,
  approvalId: string,
): Promise<ApprovalState> {
  const [stage] = await stagesOf(calls, at, approvalId);
  return {
    outcome: outcomeOf(stage),
    decidedById: stage?.reviewedBy?.id ?? null,
    decidedByName: stage?.reviewedBy?.displayName ?? null,
    decidedAt: momentOf(stage?.reviewedDateTime),
    justification: stage?.justification ?? '',
  };
}

async function stagesOf(calls: GraphCalls, at: ApprovalsAt, approvalId: string): Promise<ApprovalStage[]> {
  const approval = await calls.get<Approval | null>(`${at.path}/${approvalId}`);
  return rowsOf({ value: approval?.stages ?? approval?.steps });
}
