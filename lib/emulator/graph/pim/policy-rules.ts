import type { Row } from '#lib/emulator/graph/exchange.ts';
import { adminRulesOf } from '#lib/emulator/pim/admin-rules.ts';
import type { Policy } from '#lib/emulator/state.ts';

type Caller = 'Admin' | 'EndUser';
type Level = 'Eligibility' | 'Assignment';

/**
 * The rules of a role's settings in Graph's words and order: the 17 that every role has, with what was written into them,
 * then those that were added since.
 */
export function policyRules(policy: Policy): Row[] {
  const own = knownRules(policy);
  const { writtenRules = {} } = policy;
  const added = Object.entries(writtenRules).filter(([id]) => !own.some((one) => one.id === id));
  return [
    ...own.map((one) => ({ ...one, ...writtenRules[String(one.id)] })),
    ...added.map(([, written]) => written),
  ];
}

function knownRules(policy: Policy): Row[] {
  const { eligibility, assignment } = adminRulesOf(policy);
  return [
    expiration('Admin', 'Eligibility', eligibility.isExpirationRequired, eligibility.maximumDuration),
    enablement('Admin', 'Eligibility', eligibility.enabledRules),
    ...notifications('Admin', 'Eligibility'),
    expiration('Admin', 'Assignment', assignment.isExpirationRequired, assignment.maximumDuration),
    enablement('Admin', 'Assignment', assignment.enabledRules),
    ...notifications('Admin', 'Assignment'),
    expiration('EndUser', 'Assignment', true, policy.maximumDuration),
    enablement('EndUser', 'Assignment', policy.enabledRules),
    approval(policy),
    rule('AuthenticationContext', 'AuthenticationContext', 'EndUser', 'Assignment', {
      isEnabled: policy.authenticationContext.enabled,
      claimValue: policy.authenticationContext.claimValue || null,
    }),
    ...notifications('EndUser', 'Assignment'),
  ];
}

function rule(type: string, name: string, caller: Caller, level: Level, content: Row): Row {
  return {
    '@odata.type': `#microsoft.graph.unifiedRoleManagementPolicy${type}Rule`,
    id: `${name}_${caller}_${level}`,
    ...content,
    target: { caller, operations: ['all'], level, inheritableSettings: [], enforcedSettings: [] },
  };
}

function expiration(
  caller: Caller,
  level: Level,
  isExpirationRequired: boolean,
  maximumDuration: string,
): Row {
  return rule('Expiration', 'Expiration', caller, level, { isExpirationRequired, maximumDuration });
}

function enablement(caller: Caller, level: Level, enabledRules: string[]): Row {
  return rule('Enablement', 'Enablement', caller, level, { enabledRules });
}

function notifications(caller: Caller, level: Level): Row[] {
  return ['Admin', 'Requestor', 'Approver'].map((recipientType) =>
    rule('Notification', `Notification_${recipientType}`, caller, level, {
      notificationType: 'Email',
      recipientType,
      notificationLevel: 'All',
      isDefaultRecipientsEnabled: true,
      notificationRecipients: [],
    }),
  );
}

function approval({ approval: { required, approvers } }: Policy): Row {
  return rule('Approval', 'Approval', 'EndUser', 'Assignment', {
    setting: {
      isApprovalRequired: required,
      isApprovalRequiredForExtension: false,
      isRequestorJustificationRequired: true,
      approvalMode: 'SingleStage',
      approvalStages: [
        {
          approvalStageTimeOutInDays: 1,
          isApproverJustificationRequired: true,
          escalationTimeInMinutes: 0,
          isEscalationEnabled: false,
          primaryApprovers: approvers.map(({ kind, id, description }) =>
            kind === 'user'
              ? { '@odata.type': '#microsoft.graph.singleUser', userId: id, description }
              : { '@odata.type': '#microsoft.graph.groupMembers', groupId: id, description },
          ),
          escalationApprovers: [],
        },
      ],
    },
  });
}
