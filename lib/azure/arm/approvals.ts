import { outcomeOf, type Stage, stageToDecide } from '#lib/azure/approval-stage.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { rowsOf } from '#lib/azure/pages.ts';
import type { ApprovalState, Decision } from '#lib/azure/ports.ts';
import { momentOf } from '#lib/azure/schedule.ts';
import type { ArmCalls } from './calls.ts';
import { lastSegment } from './scope.ts';

const version = 'api-version=2021-01-01-preview';

/** Approvals are missing in the SDK: these are the wire's own shapes. */
interface WireStage {
  id?: string;
  name?: string;
  properties?: Stage & {
    reviewedBy?: { principalId?: string | null; principalName?: string | null } | null;
    reviewedDateTime?: string | null;
    justification?: string | null;
  };
}

interface WireApproval {
  properties?: { stages?: WireStage[]; steps?: WireStage[] };
}

/** Decides the open stage that is assigned to the caller. */
export async function decideApproval(calls: ArmCalls, decision: Decision): Promise<void> {
  const stage = stageToDecide(
    (await stagesOf(calls, decision.approvalId)).map((one) => ({ ...one.properties, id: stageId(one) })),
  );
  const body = {
    properties: {
      reviewResult: decision.decision === 'approve' ? 'Approve' : 'Deny',
      justification: decision.justification,
    },
  };
  try {
    await calls.raw('PATCH', `${decision.approvalId}/stages/${stage.id}?${version}`, body);
  } catch (fault) {
    if (fault instanceof AzureFault && fault.status === 409) throw fault.as('already_decided');
    throw fault;
  }
}

export async function readApproval(calls: ArmCalls, approvalId: string): Promise<ApprovalState> {
  const stage = (await stagesOf(calls, approvalId))[0]?.properties;
  return {
    outcome: outcomeOf(stage),
    decidedById: stage?.reviewedBy?.principalId ?? null,
    decidedByName: stage?.reviewedBy?.principalName ?? null,
    decidedAt: momentOf(stage?.reviewedDateTime),
    justification: stage?.justification ?? '',
  };
}

async function stagesOf(calls: ArmCalls, approvalId: string): Promise<WireStage[]> {
  const approval = await calls.raw<WireApproval | null>('GET', `${approvalId}?${version}`);
  return rowsOf({ value: approval?.properties?.stages ?? approval?.properties?.steps });
}

/** Paths take the id's last segment; the name is not always the same. */
function stageId({ id, name }: WireStage): string {
  return lastSegment(id) || (name ?? '');
}
