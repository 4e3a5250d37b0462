import { expect, test } from 'vitest';
import { outcomeOf, stageToDecide } from './approval-stage.ts';
import { endIdOf } from './arm/end-id.ts';
import { plainScope, roleDefinitionPath, scopeKindOf } from './arm/scope.ts';
import { awaitingOf, eligibleOf, filedOf } from './arm/translate.ts';
import { eligibleOnce } from './eligible-once.ts';
import { entraDialect } from './graph/entra.ts';
import { readMark, withMark } from './mark.ts';
import { readPolicyRules } from './policy-rules.ts';
import { filedStatusOf, windowOf } from './schedule.ts';

const id = '0f0e0d0c-0000-4000-8000-000000000001';
const at = (text: string) => new Date(`2026-01-01T${text}Z`);

test('the mark goes behind the justification and comes off again; an empty one stays empty', () => {
  expect(readMark(withMark('Fix [the] thing', id))).toEqual({ justification: 'Fix [the] thing', mark: id });
  expect(withMark('  ', id)).toBe('');
  expect(readMark('Typed by hand')).toEqual({ justification: 'Typed by hand', mark: null });
  // Anybody can type one: what is no id is no mark.
  expect(readMark(`Mine [stint ${'-'.repeat(36)}]`).mark).toBeNull();
  expect(readMark(undefined)).toEqual({ justification: '', mark: null });
});

test('ending is one name per attempt: told twice it is once, asked for again it is new to ARM', () => {
  expect(endIdOf(id, 4)).toBe(endIdOf(id.toUpperCase(), 4));
  expect(endIdOf(id, 9)).not.toBe(endIdOf(id, 4));
  expect(endIdOf(id, 9)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('PIM’s statuses in our words; what is new is neither yes nor no', () => {
  const created = at('10:00:00');
  expect(filedStatusOf('Granted', created, at('12:00:00'))).toBe('scheduled');
  expect(filedStatusOf('Granted', created, created)).toBe('provisioning');
  expect(filedStatusOf('Provisioned', created, at('12:00:00'))).toBe('provisioned');
  expect(filedStatusOf('canceled', created, null)).toBe('cancelled');
  expect(filedStatusOf('FailedAsResourceIsLocked', created, null)).toBe('failed');
  expect(filedStatusOf('NewInAzure', created, null)).toBe('provisioning');
});

test('a window by duration or by end date', () => {
  const startDateTime = '2026-01-01T10:00:00.1234567Z';
  const byDuration = windowOf({ startDateTime, expiration: { duration: 'PT1H30M' } });
  expect(byDuration).toMatchObject({ minutes: 90, endsAt: at('11:30:00.123') });
  const byDate = windowOf({ startDateTime: at('10:00:00'), expiration: { endDateTime: at('12:00:00') } });
  expect(byDate).toMatchObject({ minutes: 120, endsAt: at('12:00:00') });
  expect(windowOf(null)).toEqual({ startsAt: null, endsAt: null, minutes: null });
});

test('policy rules are found by id in any order, unknown ones ignored, approvers of both APIs read', () => {
  const rules = [
    { id: 'CustomExtension_PreApproval_EndUser_Assignment', isEnabled: true },
    { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: 'c1' },
    {
      id: 'Approval_EndUser_Assignment',
      setting: {
        isApprovalRequired: true,
        approvalStages: [
          {
            primaryApprovers: [
              { '@odata.type': '#microsoft.graph.singleUser', userId: 'u1', description: 'Bo' },
              { '@odata.type': '#microsoft.graph.groupMembers', groupId: 'g1', description: 'Team' },
              { id: 'u2', userType: 'User', description: 'Cy' },
              { id: 'g2', userType: 'Group', description: 'Crew' },
            ],
          },
        ],
      },
    },
    { id: 'Expiration_Admin_Assignment', maximumDuration: 'P180D' },
    { id: 'Enablement_EndUser_Assignment', enabledRules: ['Ticketing', 'MultiFactorAuthentication'] },
    { id: 'Expiration_EndUser_Assignment', maximumDuration: 'PT2H' },
  ];
  expect(readPolicyRules(rules)).toEqual({
    facts: {
      maximumMinutes: 120,
      justification: false,
      ticket: true,
      mfa: true,
      authenticationContext: 'c1',
      approval: true,
    },
    approvers: [
      { kind: 'user', id: 'u1', name: 'Bo' },
      { kind: 'group', id: 'g1', name: 'Team' },
      { kind: 'user', id: 'u2', name: 'Cy' },
      { kind: 'group', id: 'g2', name: 'Crew' },
    ],
  });
});

test('an authentication context that is off asks for nothing', () => {
  const rule = { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: false, claimValue: 'c1' };
  expect(readPolicyRules([rule]).facts.authenticationContext).toBeNull();
});

test('ARM scopes: alias and doubled slashes go, the kind is in the path', () => {
  expect(plainScope('//subscriptions/s1/')).toBe('/subscriptions/s1');
  expect(plainScope('/providers/Microsoft.Subscription/subscriptions/s1')).toBe('/subscriptions/s1');
  expect(scopeKindOf('/providers/Microsoft.Management/managementGroups/m')).toBe('management_group');
  expect(scopeKindOf('/subscriptions/s1')).toBe('subscription');
  expect(scopeKindOf('/subscriptions/s1/resourceGroups/r')).toBe('resource_group');
  expect(scopeKindOf('/subscriptions/s1/resourceGroups/r/providers/A.B/c/d')).toBe('resource');
  expect(roleDefinitionPath('/subscriptions/s1/resourceGroups/r', 'x')).toBe(
    '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/x',
  );
});

const armRow = {
  name: 'n1',
  scope: '/subscriptions/s1',
  roleDefinitionId: '/subscriptions/s1/providers/Microsoft.Authorization/roleDefinitions/r1',
  principalId: 'g1',
};

test('an Azure eligibility through a group names the group; one of one’s own does not', () => {
  const principal = { displayName: 'sg-dev', type: 'Group' };
  const row = { ...armRow, principalType: 'Group', expandedProperties: { principal } };
  expect(eligibleOf(row, 'me')).toMatchObject({ throughGroupId: 'g1', throughGroupName: 'sg-dev' });
  const own = eligibleOf({ ...armRow, principalType: 'User', principalId: 'me' }, 'me');
  expect(own).toMatchObject({ throughGroupId: null, throughGroupName: null, roleId: 'r1', endsAt: null });
});

test('an ARM approval id is a full path, whatever the service prints', () => {
  const path = `/subscriptions/s1/providers/Microsoft.Authorization/roleAssignmentApprovals/${id}`;
  const bare = `/providers/Microsoft.Authorization/roleAssignmentApprovals/${id}`;
  const status = 'PendingApproval';
  expect(awaitingOf({ ...armRow, status, approvalId: path }).approvalId).toBe(path);
  expect(awaitingOf({ ...armRow, status, approvalId: id }).approvalId).toBe(bare);
  expect(filedOf({ ...armRow, status, name: id }).approvalId).toBe(bare);
  expect(filedOf({ ...armRow, status: 'Provisioned' }).approvalId).toBeNull();
});

test('an Entra eligibility through a group says so even when Graph does not say which', () => {
  const row = { roleDefinitionId: 'r1', directoryScopeId: '/', principalId: 'me', memberType: 'Group' };
  expect(entraDialect.eligible(row, 'me')).toMatchObject({
    scopeName: 'Directory',
    throughGroupId: null,
    throughGroupName: 'a group',
  });
  const principal = { id: 'g1', displayName: 'sg-ops' };
  const told = entraDialect.eligible({ ...row, principalId: 'g1', principal }, 'me');
  expect(told).toMatchObject({ throughGroupId: 'g1', throughGroupName: 'sg-ops' });
});

test('of the same role held twice, one’s own is shown', () => {
  const row = (principalId: string, principalType: string) => ({ ...armRow, principalId, principalType });
  const rows = [row('g1', 'Group'), row('me', 'User')].map((one) => eligibleOf(one, 'me'));
  expect(eligibleOnce(rows)).toEqual([rows[1]]);
});

test('stages: both spellings of a result, an expired one lapsed, a closed one comes too late', () => {
  expect(outcomeOf({ reviewResult: 'Approved' })).toBe('approved');
  expect(outcomeOf({ reviewResult: 'Deny' })).toBe('denied');
  expect(outcomeOf({ reviewResult: 'NotReviewed', status: 'Expired' })).toBe('lapsed');
  expect(outcomeOf({ reviewResult: 'NotReviewed', status: 'InProgress' })).toBe('open');
  const open = { reviewResult: 'NotReviewed', status: 'InProgress' };
  const kindOf = (stages: object[]) => {
    try {
      return stageToDecide(stages);
    } catch (fault) {
      return fault;
    }
  };
  expect(kindOf([{ ...open, assignedToMe: false }])).toMatchObject({ kind: 'not_allowed' });
  expect(kindOf([{ reviewResult: 'Approve' }])).toMatchObject({ kind: 'already_decided' });
  expect(kindOf([open])).toBe(open);
});
