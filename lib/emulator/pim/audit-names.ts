import type { ScheduleRequest } from '#lib/emulator/state.ts';

/** What a request is at when PIM writes about it. */
export type Moment = 'requested' | 'completed' | 'approvalRequested' | 'approved' | 'denied' | 'canceled';

export interface EventName {
  activity: string;
  /** The value of the detail AuditType. */
  auditType: string;
  operationType: string;
}

const activation: Record<Moment, [words: string, auditType: string, operationType: string]> = {
  requested: ['requested (PIM activation)', 'CreateRequestRoleActivation', 'CreateRequest'],
  completed: ['completed (PIM activation)', 'ActivateRole', 'ActivateRole'],
  approvalRequested: ['approval requested (PIM activation)', 'CreateApprovalRequest', 'CreateApproval'],
  approved: ['request approved (PIM activation)', 'ApproveRequest', 'ApproveRequest'],
  denied: ['request denied (PIM activation)', 'DenyRequest', 'DenyRequest'],
  canceled: ['canceled (PIM activation)', 'CancelRequest', 'CancelRequest'],
};

/**
 * PIM's name for an event. Source: Entra's audit activity reference and rows of live tenants; the values of AuditType
 * beside CreateRequestRoleActivation, ActivateRole and CreateRoleRemovalRequest are ours.
 */
export function eventName(
  request: Pick<ScheduleRequest, 'action' | 'side' | 'expiration'>,
  at: Moment,
): EventName {
  const { action, side } = request;
  if (action === 'selfActivate') {
    const [words, auditType, operationType] = activation[at];
    return { activity: `Add member to role ${words}`, auditType, operationType };
  }
  const noun = side === 'eligibility' ? 'eligible member' : 'member';
  const stage = at === 'canceled' ? 'canceled' : at === 'requested' ? 'requested' : 'completed';
  const length = request.expiration.type === 'noExpiration' ? 'permanent' : 'timebound';
  switch (action) {
    case 'selfDeactivate':
      return named(`Remove member from role ${stage} (PIM deactivate)`, 'DeactivateRole');
    case 'adminAssign':
      return named(`Add ${noun} to role in PIM ${stage} (${length})`, `${prefix(stage)}RoleAssignment`);
    case 'adminUpdate':
      return named('Process role update request', 'UpdateRoleAssignment');
    case 'adminExtend':
      return named(`Update ${noun} in PIM approved by admin (extend/renew)`, 'ExtendRoleAssignment');
    case 'selfExtend':
      return named(`Update ${noun} in PIM ${stage} (extend)`, 'ExtendRoleAssignment');
    case 'adminRenew':
    case 'selfRenew':
      return named(`Add ${noun} to role in PIM ${stage} (renew)`, 'RenewRoleAssignment');
    case 'adminRemove':
      return at === 'requested'
        ? named('Process role removal request', 'CreateRoleRemovalRequest')
        : named(`Remove ${noun} from role in PIM completed (${length})`, 'RemoveRoleAssignment');
  }
}

const prefix = (stage: string) => (stage === 'requested' ? 'CreateRequest' : 'Complete');
const named = (activity: string, auditType: string): EventName => ({
  activity,
  auditType,
  operationType: auditType,
});
