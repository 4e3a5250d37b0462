import { AzureFault } from './faults.ts';
import type { ApprovalState } from './ports.ts';

/** A stage of an approval in either API. */
export interface Stage {
  status?: string | null;
  reviewResult?: string | null;
  assignedToMe?: boolean | null;
}

/** Docs print both `Approve` and `Approved`. A closed stage without a result lapsed. */
export function outcomeOf(stage: Stage | undefined): ApprovalState['outcome'] {
  const result = stage?.reviewResult?.toLowerCase() ?? '';
  if (result.startsWith('appr')) return 'approved';
  if (result.startsWith('den')) return 'denied';
  return ['completed', 'expired'].includes(stage?.status?.toLowerCase() ?? '') ? 'lapsed' : 'open';
}

/**
 * The open stage the caller may decide.
 * @throws AzureFault `already_decided` when none is open, `not_allowed` when it is somebody else's.
 */
export function stageToDecide<T extends Stage>(stages: readonly T[]): T {
  const open = stages.filter((stage) => outcomeOf(stage) === 'open');
  const mine = open.find((stage) => stage.assignedToMe !== false);
  if (mine) return mine;
  if (open.length > 0)
    throw new AzureFault('not_allowed', { message: 'The approval is not assigned to the caller.' });
  throw new AzureFault('already_decided', { message: 'The approval has already been completed.' });
}
