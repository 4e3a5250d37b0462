import { describe, expect, test } from 'vitest';
import { knownRoles } from '#lib/emulator/pim/known-roles.ts';
import { policyFor } from '#lib/emulator/pim/policies.ts';
import { ids, noon, testId } from '#lib/emulator/pim/test-tenant.ts';
import { app, person, testWorld } from '#lib/emulator/pim/testing.ts';
import type { World } from '#lib/emulator/wire.ts';
import { bodyOf, everyScope, refusalOf, rowsOf, send } from './testing.ts';

const scopes = [
  ...everyScope,
  'RoleManagementPolicy.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
];
const mira = person(ids.mira, { scopes });
const ada = person(ids.ada, { scopes });
const kinds = '#microsoft.graph.unifiedRoleManagementPolicy';
const endUser = { caller: 'EndUser', operations: ['All'], level: 'Assignment' };
const extensionRule = {
  '@odata.type': `${kinds}CustomExtensionRule`,
  id: 'CustomExtension_PreApproval_EndUser_Assignment',
  customExtensionId: testId(700),
  isEnabled: true,
  target: { ...endUser, inheritableSettings: [], enforcedSettings: [] },
};

function pathOf(world: World): string {
  const { id } = policyFor(world, 'entra', knownRoles.userAdministrator, '/');
  return `/v1.0/policies/roleManagementPolicies/DirectoryRole_${world.state.tenantId}_${id}`;
}

function patch(world: World, rule: string, body: object, who = mira) {
  return send(world, who, `PATCH ${pathOf(world)}/rules/${rule}`, { body });
}

function activate(world: World, changes: object = {}) {
  const body = {
    action: 'selfActivate',
    principalId: ids.ada,
    roleDefinitionId: knownRoles.userAdministrator,
    directoryScopeId: '/',
    scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT1H' } },
    ...changes,
  };
  return send(world, ada, 'POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests', { body });
}

describe('a rule patched', () => {
  test('answers 204, reads back as the service prints it, and is what activation obeys', () => {
    const world = testWorld();
    const answer = patch(world, 'Enablement_EndUser_Assignment', {
      '@odata.type': `${kinds}EnablementRule`,
      id: 'Enablement_EndUser_Assignment',
      enabledRules: ['Ticketing'],
      target: { '@odata.type': 'microsoft.graph.unifiedRoleManagementPolicyRuleTarget', ...endUser },
    });
    expect(answer).toEqual({ status: 204 });
    const rule = bodyOf(send(world, mira, `GET ${pathOf(world)}/rules/Enablement_EndUser_Assignment`));
    expect(rule).toMatchObject({ enabledRules: ['Ticketing'], target: { ...endUser, operations: ['all'] } });
    expect(rule.target).not.toHaveProperty('@odata.type');
    expect(Object(bodyOf(activate(world)).error).message).toContain('["TicketingRule"]');
    expect(activate(world, { ticketInfo: { ticketNumber: '1' } }).status).toBe(201);
    const policy = bodyOf(send(world, mira, `GET ${pathOf(world)}`));
    expect(policy.lastModifiedBy).toEqual({ displayName: 'mira', id: ids.mira });
    expect(policy.lastModifiedDateTime).toBe(new Date(noon).toISOString());
  });

  test('can ask for approval, for less time and for an authentication context', () => {
    const world = testWorld();
    const approver = { '@odata.type': '#microsoft.graph.groupMembers', groupId: ids.approvers };
    const setting = { isApprovalRequired: true, approvalStages: [{ primaryApprovers: [approver] }] };
    const approval = { '@odata.type': `${kinds}ApprovalRule`, setting, target: endUser };
    expect(patch(world, 'Approval_EndUser_Assignment', approval).status).toBe(204);
    expect(bodyOf(activate(world, { justification: 'x' })).status).toBe('PendingApproval');
    const shorter = { '@odata.type': `${kinds}ExpirationRule`, maximumDuration: 'PT30M' };
    expect(patch(world, 'Expiration_EndUser_Assignment', shorter).status).toBe(204);
    const context = { '@odata.type': `${kinds}AuthenticationContextRule`, isEnabled: true, claimValue: 'c1' };
    expect(patch(world, 'AuthenticationContext_EndUser_Assignment', context).status).toBe(204);
    expect(policyFor(world, 'entra', knownRoles.userAdministrator, '/')).toMatchObject({
      maximumDuration: 'PT30M',
      authenticationContext: { enabled: true, claimValue: 'c1' },
    });
  });

  test('keeps what it does not know, in the rule and beside it', () => {
    const world = testWorld();
    patch(world, 'Notification_Admin_EndUser_Assignment', {
      '@odata.type': `${kinds}NotificationRule`,
      notificationRecipients: ['soc@test.example'],
      mode: 'Audit',
    });
    const rules = rowsOf(send(world, mira, `GET ${pathOf(world)}/rules`));
    expect(rules).toHaveLength(17);
    expect(rules.find(({ id }) => id === 'Notification_Admin_EndUser_Assignment')).toMatchObject({
      notificationRecipients: ['soc@test.example'],
      notificationLevel: 'All',
      mode: 'Audit',
    });
  });

  test.each([
    ['Expiration_EndUser_Assignment', { '@odata.type': `${kinds}ExpirationRule`, maximumDuration: 'soon' }],
    ['Expiration_EndUser_Assignment', { '@odata.type': `${kinds}ExpirationRule`, maximumDuration: 'P2D' }],
    ['Expiration_EndUser_Assignment', { '@odata.type': `${kinds}EnablementRule`, maximumDuration: 'PT1H' }],
    ['Enablement_EndUser_Assignment', { enabledRules: ['Everything'] }],
    ['Enablement_EndUser_Assignment', { enabledRules: [], target: { ...endUser, level: 'Eligibility' } }],
    ['Approval_EndUser_Assignment', { setting: { isApprovalRequired: 'yes' } }],
    ['Approval_EndUser_Assignment', { id: 'another', setting: { isApprovalRequired: true } }],
  ])('is InvalidPolicy when it makes no sense: %s %o', (rule, body) => {
    expect(refusalOf(patch(testWorld(), rule, body))).toBe('400 InvalidPolicy');
  });

  test('is not there: 404; by an app or an engineer: 403, whatever the token may', () => {
    const body = { enabledRules: [] };
    expect(refusalOf(patch(testWorld(), 'CustomExtension_PreApproval_EndUser_Assignment', body))).toBe(
      '404 Request_ResourceNotFound',
    );
    const workload = app('RoleManagementPolicy.ReadWrite.Directory', 'RoleManagementPolicy.Read.Directory');
    for (const who of [workload, ada]) {
      expect(refusalOf(patch(testWorld(), 'Enablement_EndUser_Assignment', body, who))).toBe(
        '403 Authorization_RequestDenied',
      );
    }
    const reader = person(ids.mira, { scopes: ['RoleManagementPolicy.Read.Directory'] });
    expect(refusalOf(patch(testWorld(), 'Enablement_EndUser_Assignment', body, reader))).toBe(
      '403 UnknownError',
    );
  });
});

describe('a policy patched with its rules', () => {
  const withRules = (world: World, rules: unknown) =>
    send(world, mira, `PATCH ${pathOf(world)}`, { body: { rules } });

  test('may bring a rule it did not have, which then can be patched by itself', () => {
    const world = testWorld();
    world.state.graph.customExtensions.push({ id: testId(700), resourceType: 'entraRoles' });
    const rules = rowsOf(send(world, mira, `GET ${pathOf(world)}/rules`));
    const answer = withRules(world, [...rules, extensionRule]);
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual(bodyOf(send(world, mira, `GET ${pathOf(world)}`)));
    expect(bodyOf(answer).lastModifiedDateTime).toBe(new Date(noon).toISOString());
    const kept = rowsOf(send(world, mira, `GET ${pathOf(world)}/rules`));
    // Saved whole, as the portal does, it gets the other stage's rule too, empty.
    expect(kept).toHaveLength(19);
    expect(kept.at(-1)).toMatchObject({
      id: 'CustomExtension_PostApproval_EndUser_Assignment',
      isEnabled: false,
      customExtensionId: null,
    });
    const off = { ...extensionRule, isEnabled: false };
    expect(patch(world, extensionRule.id, off).status).toBe(204);
    expect(rowsOf(send(world, mira, `GET ${pathOf(world)}/rules`)).at(-2)).toMatchObject({
      id: extensionRule.id,
      isEnabled: false,
      target: { operations: ['all'] },
    });
  });

  test('is for applications with the permission to write too, as one rule is not', () => {
    const world = testWorld();
    const rules = [{ id: 'Enablement_EndUser_Assignment', enabledRules: [] }];
    const line = `PATCH ${pathOf(world)}`;
    const writer = app('RoleManagementPolicy.ReadWrite.Directory');
    expect(send(world, writer, line, { body: { rules } }).status).toBe(200);
    expect(policyFor(world, 'entra', knownRoles.userAdministrator, '/').enabledRules).toEqual([]);
    const reader = app('RoleManagementPolicy.Read.Directory');
    expect(refusalOf(send(world, reader, line, { body: { rules } }))).toBe('403 UnknownError');
  });

  test('refuses an extension of another resource type, and no rules at all', () => {
    const world = testWorld();
    world.state.graph.customExtensions.push({ id: testId(700), resourceType: 'entraGroups' });
    expect(refusalOf(withRules(world, [extensionRule]))).toBe('400 InvalidPolicy');
    for (const rules of [undefined, [], ['rule'], [{ maximumDuration: 'PT1H' }]]) {
      expect(refusalOf(withRules(world, rules))).toBe('400 InvalidPolicy');
    }
  });

  test('of a group is for its owner', () => {
    const world = testWorld();
    const { id } = policyFor(world, 'group', 'member', ids.onCall);
    const path = `/v1.0/policies/roleManagementPolicies/Group_${ids.onCall}_${id}`;
    const line = `PATCH ${path}/rules/Enablement_EndUser_Assignment`;
    const lou = person(ids.lou, { scopes });
    expect(refusalOf(send(world, lou, line, { body: { enabledRules: [] } }))).toBe(
      '403 Authorization_RequestDenied',
    );
    world.state.groups.find((one) => one.id === ids.onCall)?.ownerIds.push(ids.lou);
    expect(send(world, lou, line, { body: { enabledRules: [] } }).status).toBe(204);
    expect(policyFor(world, 'group', 'member', ids.onCall).enabledRules).toEqual([]);
    expect(policyFor(world, 'group', 'owner', ids.onCall).enabledRules).not.toEqual([]);
  });
});
