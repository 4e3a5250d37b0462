import { beforeEach, describe, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PROD_PAYMENTS, PRODUCTION, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { person, refusal, rows, type Tenant, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const owner = person('ines.castell');
const NAME = '9d000000-0000-4000-8000-000000000001';
let world: Tenant;

beforeEach(() => {
  world = tenant();
});

describe('a custom role', () => {
  const put = (changes: object = {}, who = owner, name = NAME) =>
    world.arm(who, `PUT ${PRODUCTION}${PIM}/roleDefinitions/${name}`, {
      properties: {
        roleName: 'Vault Auditor',
        description: 'Sees vaults',
        assignableScopes: [PRODUCTION.toUpperCase()],
        permissions: [{ actions: ['Microsoft.KeyVault/vaults/read'], notActions: [] }],
        ...changes,
      },
    });

  it('is made, read, changed, held and removed', () => {
    const made = put();
    expect(made).toMatchObject({
      status: 201,
      body: {
        properties: {
          roleName: 'Vault Auditor',
          type: 'CustomRole',
          description: 'Sees vaults',
          assignableScopes: [PRODUCTION],
          permissions: [
            {
              actions: ['Microsoft.KeyVault/vaults/read'],
              notActions: [],
              dataActions: [],
              notDataActions: [],
            },
          ],
          createdBy: owner.objectId,
        },
        id: `${PRODUCTION}${PIM}/roleDefinitions/${NAME}`,
        type: 'Microsoft.Authorization/roleDefinitions',
        name: NAME,
      },
    });
    expect(world.arm(owner, `GET ${PRODUCTION}${PIM}/roleDefinitions/${NAME}`).body).toEqual(made.body);
    expect(put({ description: 'Sees all vaults' }).status).toBe(201);
    const line = `${PRODUCTION}${PIM}/roleAssignments/0c0c0c0c-0000-4000-8000-000000000001`;
    const properties = { principalId: personId('lou.grant'), roleDefinitionId: NAME };
    expect(world.arm(owner, `PUT ${line}`, { properties }).status).toBe(201);
    const remove = `DELETE ${PRODUCTION}${PIM}/roleDefinitions/${NAME}`;
    expect(refusal(world.arm(owner, remove))).toBe('400 RoleDefinitionHasAssignments');
    world.arm(owner, `DELETE ${line}`);
    expect(world.arm(owner, remove)).toMatchObject({ status: 200, body: { name: NAME } });
    expect(world.arm(owner, remove)).toEqual({ status: 204 });
  });

  it.each([
    [{ roleName: 'Payments Support' }, '409 RoleDefinitionWithSameNameExists'],
    [{ permissions: [] }, '400 InvalidRoleDefinitionPermissions'],
    [{ permissions: [{ actions: ['everything'] }] }, '400 InvalidActionOrNotAction'],
    [{ assignableScopes: [] }, '400 InvalidAssignableScope'],
    [{ assignableScopes: ['/subscriptions/none'] }, '400 InvalidAssignableScope'],
    [{ assignableScopes: [PRODUCTION, STAGING] }, '403 AuthorizationFailed'],
  ])('is refused when it reads %o', (changes, code) => {
    expect(refusal(put(changes))).toBe(code);
  });

  it('is not made over one of Azure’s own, nor by those who only read', () => {
    expect(refusal(put({}, owner, azureRole('Reader')))).toBe('403 RoleDefinitionNotCustom');
    expect(refusal(put({}, person('lou.grant')))).toBe('403 AuthorizationFailed');
    expect(
      refusal(world.arm(owner, `DELETE ${PRODUCTION}${PIM}/roleDefinitions/${azureRole('Reader')}`)),
    ).toBe('403 RoleDefinitionNotCustom');
  });
});

describe('the settings of a role', () => {
  const policyId = (scope: string, role: string) => {
    const filter = `$filter=roleDefinitionId eq '${azureRole(role)}'`;
    const [found] = rows(world.arm(owner, `GET ${scope}${PIM}/roleManagementPolicyAssignments?${filter}`));
    return String(found?.properties.policyId);
  };
  const rulesOf = (id: string): Record<string, unknown>[] =>
    Object(world.arm(owner, `GET ${id}`).body).properties.rules;
  const patch = (id: string, rules: unknown, who = owner) =>
    world.arm(who, `PATCH ${id}`, { properties: { rules } });
  const target = { caller: 'EndUser', operations: ['All'], level: 'Assignment' };
  const longer = {
    id: 'Expiration_EndUser_Assignment',
    ruleType: 'RoleManagementPolicyExpirationRule',
    isExpirationRequired: true,
    maximumDuration: 'PT10H',
    target,
  };

  it('change rule by rule: what is not sent stays', () => {
    const id = policyId(PRODUCTION, 'Contributor');
    const before = rulesOf(id);
    const answer = patch(id, [longer]);
    expect(answer).toMatchObject({
      status: 200,
      body: { id, properties: { lastModifiedBy: { displayName: expect.any(String) } } },
    });
    const changed = (rule: Record<string, unknown>) => rule.id === longer.id;
    expect(rulesOf(id).filter((rule) => !changed(rule))).toEqual(before.filter((rule) => !changed(rule)));
    expect(rulesOf(id).find(changed)).toMatchObject(longer);
  });

  it('hold for activations', () => {
    expect(refusal(patch(policyId(PRODUCTION, 'Owner'), [longer], person('bo.okafor')))).toBe(
      '403 AuthorizationFailed',
    );
    patch(policyId(PRODUCTION, 'Owner'), [
      { id: 'Enablement_EndUser_Assignment', enabledRules: [] },
      { id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: false } },
    ]);
    const ada = person('ada.lind', { mfa: false });
    const line = `PUT ${PRODUCTION}${PIM}/roleAssignmentScheduleRequests/0b0b0b0b-0000-4000-8000-000000000001`;
    const asked = {
      principalId: ada.objectId,
      roleDefinitionId: azureRole('Owner'),
      requestType: 'SelfActivate',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } },
    };
    expect(world.arm(ada, line, { properties: asked })).toMatchObject({
      status: 201,
      body: { properties: { status: 'Provisioned' } },
    });
  });

  it('keep rules nobody here knows, as they were sent: eighteen and nineteen', () => {
    const id = policyId(PRODUCTION, 'Contributor');
    const unknown = {
      id: 'CustomExtension_PreApproval_EndUser_Assignment',
      ruleType: 'RoleManagementPolicySomethingNewRule',
      mode: 'Audit',
      target,
    };
    patch(id, [unknown]);
    patch(id, [
      { ...unknown, id: 'PIMOnlyMode_Admin_Assignment', pimOnlyModeSettings: { mode: 'Disabled' } },
    ]);
    patch(id, [longer]);
    expect(rulesOf(id)).toHaveLength(19);
    expect(rulesOf(id)).toContainEqual(unknown);
  });

  it('become a scope’s own when they were inherited, and inherited again when that is dropped', () => {
    const below = policyId(PROD_PAYMENTS, 'Contributor');
    expect(below).not.toBe(policyId(PRODUCTION, 'Contributor'));
    patch(below, [longer]);
    const duration = (id: string) => rulesOf(id).find(({ id: rule }) => rule === longer.id)?.maximumDuration;
    expect(policyId(PROD_PAYMENTS, 'Contributor')).toBe(below);
    expect([duration(below), duration(policyId(PRODUCTION, 'Contributor'))]).toEqual(['PT10H', 'PT4H']);
    const assignment = `${below.replace('roleManagementPolicies', 'roleManagementPolicyAssignments')}_${azureRole('Contributor')}`;
    expect(world.arm(owner, `DELETE ${assignment}`)).toEqual({ status: 200 });
    expect(duration(policyId(PROD_PAYMENTS, 'Contributor'))).toBe('PT4H');
  });

  it.each([
    [[{ id: 'Expiration_EndUser_Assignment', maximumDuration: 'long' }]],
    [[{ maximumDuration: 'PT1H' }]],
    [[{ id: 'Enablement_EndUser_Assignment', enabledRules: ['Magic'] }]],
    [[{ id: 'Approval_EndUser_Assignment', setting: { isApprovalRequired: true, approvalStages: [] } }]],
    [undefined],
  ])('are refused when they make no sense: %o', (rules) => {
    expect(refusal(patch(policyId(PRODUCTION, 'Contributor'), rules))).toBe('400 InvalidPolicy');
  });
});
