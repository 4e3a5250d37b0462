import { expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { groupId } from '#lib/emulator/tenant/groups.ts';
import { PROD_PAYMENTS, PRODUCTION, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { app, person, refusal, rows, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const reader = app('Stint Reader');
const world = tenant();

function rulesOf(scope: string, role: string) {
  const filter = `$filter=roleDefinitionId eq '${scope}${PIM}/roleDefinitions/${azureRole(role)}'`;
  const found = rows(world.arm(reader, `GET ${scope}${PIM}/roleManagementPolicyAssignments?${filter}`));
  expect(found).toHaveLength(1);
  const rules: { id: string }[] = Object(found[0]?.properties.effectiveRules);
  return { rules, rule: (id: string) => rules.find((one) => one.id === id) };
}

it('prints seventeen rules, those of activation as set', () => {
  const { rules, rule } = rulesOf(PRODUCTION, 'Contributor');
  expect(new Set(rules.map(({ id }) => id)).size).toBe(17);
  expect(rule('Expiration_EndUser_Assignment')).toEqual({
    isExpirationRequired: true,
    maximumDuration: 'PT4H',
    id: 'Expiration_EndUser_Assignment',
    ruleType: 'RoleManagementPolicyExpirationRule',
    target: {
      caller: 'EndUser',
      operations: ['All'],
      level: 'Assignment',
      targetObjects: null,
      inheritableSettings: null,
      enforcedSettings: null,
    },
  });
  expect(rule('Enablement_EndUser_Assignment')).toMatchObject({ enabledRules: ['Justification'] });
  expect(rule('AuthenticationContext_EndUser_Assignment')).toMatchObject({
    isEnabled: false,
    claimValue: '',
  });
  expect(rule('Notification_Approver_EndUser_Assignment')).toMatchObject({ recipientType: 'Approver' });
  const approver = { id: groupId('sg-approvers-platform'), isBackup: false, userType: 'Group' };
  expect(rule('Approval_EndUser_Assignment')).toMatchObject({
    setting: { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [approver] }] },
  });
});

it('takes the settings of the scope above where a scope has none', () => {
  const { rule } = rulesOf(PROD_PAYMENTS, 'Contributor');
  expect(rule('Expiration_EndUser_Assignment')).toMatchObject({ maximumDuration: 'PT4H' });
});

it('gives the policy an assignment names', () => {
  const [first] = rows(world.arm(reader, `GET ${STAGING}${PIM}/roleManagementPolicyAssignments`));
  const policy = world.arm(reader, `GET ${first?.properties.policyId}`);
  expect(Object(policy.body).properties.effectiveRules).toEqual(first?.properties.effectiveRules);
  expect(world.arm(reader, `GET ${first?.id}`).body).toEqual(first);
});

it('names and describes no policy: what it is of, its assignment tells', () => {
  const [row] = rows(world.arm(reader, `GET ${STAGING}${PIM}/roleManagementPolicies`));
  expect(row?.properties).toMatchObject({ displayName: null, description: null });
  expect(row?.properties).not.toHaveProperty('policyProperties');
});

it('dates settings that nobody has changed, and says of no change beside an assignment', () => {
  const [policy] = rows(world.arm(reader, `GET ${STAGING}${PIM}/roleManagementPolicies`));
  expect(Date.parse(String(policy?.properties.lastModifiedDateTime))).toBeLessThan(world.now());
  const [assignment] = rows(world.arm(reader, `GET ${STAGING}${PIM}/roleManagementPolicyAssignments`));
  expect(assignment?.properties.policyAssignmentProperties).toMatchObject({
    policy: { lastModifiedDateTime: null },
  });
});

it('mails nobody else until somebody is written into a rule', () => {
  const { rule } = rulesOf(PRODUCTION, 'Contributor');
  expect(rule('Notification_Admin_EndUser_Assignment')).toMatchObject({ notificationRecipients: null });
});

it('keeps settings from those who are merely eligible', () => {
  const line = `GET ${STAGING}${PIM}/roleManagementPolicyAssignments`;
  expect(refusal(world.arm(person('ada.lind'), line))).toBe('403 AuthorizationFailed');
});
