import type { Policy } from '#lib/emulator/state.ts';
import { adminRulesOf } from './policy-write.ts';

type Caller = 'Admin' | 'EndUser';
type Level = 'Eligibility' | 'Assignment';

/**
 * The rules of a policy in ARM's shape: seventeen that every policy has, as set or at PIM's defaults, then what else was
 * written into it (contract 5.3, A1.2).
 */
export function policyRules(policy: Policy, tellsNull: boolean): object[] {
  const known = knownRules(policy);
  const written = policy.writtenRules ?? {};
  const others = Object.entries(written).filter(([id]) => known.every((one) => one.id !== id));
  // What was written may say more than is modelled; what is modelled is said here.
  const noTarget = tellsNull
    ? { targetObjects: null, inheritableSettings: null, enforcedSettings: null }
    : {};
  const shown = known.map((one) => ({ ...written[one.id], ...one, target: { ...one.target, ...noTarget } }));
  return [...shown, ...others.map(([, rule]) => rule)];
}

function knownRules(policy: Policy) {
  const admin = adminRulesOf(policy);
  return [
    enablement('Admin', 'Eligibility', admin.eligibility.enabledRules),
    expiration(
      'Admin',
      'Eligibility',
      admin.eligibility.isExpirationRequired,
      admin.eligibility.maximumDuration,
    ),
    ...notifications(policy, 'Admin', 'Eligibility'),
    enablement('Admin', 'Assignment', admin.assignment.enabledRules),
    expiration(
      'Admin',
      'Assignment',
      admin.assignment.isExpirationRequired,
      admin.assignment.maximumDuration,
    ),
    ...notifications(policy, 'Admin', 'Assignment'),
    approval(policy),
    authenticationContext(policy),
    enablement('EndUser', 'Assignment', policy.enabledRules),
    expiration('EndUser', 'Assignment', true, policy.maximumDuration),
    ...notifications(policy, 'EndUser', 'Assignment'),
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

function notifications({ writtenRules = {} }: Policy, caller: Caller, level: Level) {
  return ['Admin', 'Requestor', 'Approver'].map((recipientType) =>
    rule(`Notification_${recipientType}`, caller, level, {
      notificationType: 'Email',
      recipientType,
      isDefaultRecipientsEnabled: true,
      notificationLevel: 'All',
      notificationRecipients: null,
      ...writtenRules[`Notification_${recipientType}_${caller}_${level}`],
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
          escalationApprovers: null,
        },
      ],
    },
  });
}

function authenticationContext({ authenticationContext: { enabled, claimValue } }: Policy) {
  return rule('AuthenticationContext', 'EndUser', 'Assignment', { isEnabled: enabled, claimValue });
}
