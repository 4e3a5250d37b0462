import type { Row } from '#lib/emulator/graph/exchange.ts';
import type { Policy } from '#lib/emulator/state.ts';

type Caller = 'Admin' | 'EndUser';
type Level = 'Eligibility' | 'Assignment';

/** The 17 rules of a role's settings in Graph's words and order. Only the activation side differs from role to role. */
export function policyRules(policy: Policy): Row[] {
  return [
    expiration('Admin', 'Eligibility', false, 'P365D'),
    enablement('Admin', 'Eligibility', []),
    ...notifications('Admin', 'Eligibility'),
    expiration('Admin', 'Assignment', false, 'P180D'),
    enablement('Admin', 'Assignment', ['Justification']),
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
