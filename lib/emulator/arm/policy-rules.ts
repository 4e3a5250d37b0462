import type { Policy } from '#lib/emulator/state.ts';

type Caller = 'Admin' | 'EndUser';
type Level = 'Eligibility' | 'Assignment';

/** The seventeen rules of a policy in ARM's shape: the activation side as set, the rest at PIM's defaults (contract 5.3). */
export function policyRules(policy: Policy): object[] {
  return [
    enablement('Admin', 'Eligibility', []),
    expiration('Admin', 'Eligibility', false, 'P365D'),
    ...notifications('Admin', 'Eligibility'),
    enablement('Admin', 'Assignment', ['MultiFactorAuthentication', 'Justification']),
    expiration('Admin', 'Assignment', false, 'P180D'),
    ...notifications('Admin', 'Assignment'),
    approval(policy),
    authenticationContext(policy),
    enablement('EndUser', 'Assignment', policy.enabledRules),
    expiration('EndUser', 'Assignment', true, policy.maximumDuration),
    ...notifications('EndUser', 'Assignment'),
  ];
}

function rule(kind: string, caller: Caller, level: Level, settings: object) {
  return {
    ...settings,
    id: `${kind}_${caller}_${level}`,
    ruleType: `RoleManagementPolicy${kind.split('_')[0]}Rule`,
    target: { caller, operations: ['All'], level },
  };
}

function enablement(caller: Caller, level: Level, enabledRules: Policy['enabledRules']) {
  return rule('Enablement', caller, level, { enabledRules });
}

function expiration(caller: Caller, level: Level, isExpirationRequired: boolean, maximumDuration: string) {
  return rule('Expiration', caller, level, { isExpirationRequired, maximumDuration });
}

function notifications(caller: Caller, level: Level) {
  return ['Admin', 'Requestor', 'Approver'].map((recipientType) =>
    rule(`Notification_${recipientType}`, caller, level, {
      notificationType: 'Email',
      recipientType,
      isDefaultRecipientsEnabled: true,
      notificationLevel: 'All',
    }),
  );
}

function approval({ approval: { required, approvers } }: Policy) {
  const primaryApprovers = approvers.map(({ kind, id, description }) => ({
    id,
    description,
    isBackup: false,
    userType: kind === 'group' ? 'Group' : 'User',
  }));
  return rule('Approval', 'EndUser', 'Assignment', {
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
          primaryApprovers,
          isEscalationEnabled: false,
        },
      ],
    },
  });
}

function authenticationContext({ authenticationContext: { enabled, claimValue } }: Policy) {
  return rule('AuthenticationContext', 'EndUser', 'Assignment', { isEnabled: enabled, claimValue });
}
