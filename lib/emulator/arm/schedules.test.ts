import { expect, it } from 'vitest';
import { personId } from '#lib/emulator/tenant/people.ts';
import {
  PLATFORM,
  PROD_PAYMENTS,
  PROD_PLATFORM,
  PRODUCTION,
  ROOT,
  resourceId,
  STAGING,
} from '#lib/emulator/tenant/scopes.ts';
import { app, person, refusal, rows, tenant } from './testing.ts';

const world = tenant();
const ada = person('ada.lind');
const reader = app('Stint Reader');
const PIM = '/providers/Microsoft.Authorization';

function names(who: typeof ada, line: string): string[] {
  return rows(world.arm(who, line))
    .map(({ properties }) => Object(properties.expandedProperties))
    .map(({ roleDefinition, scope }) => `${roleDefinition.displayName} at ${scope.displayName}`)
    .sort();
}

it('lists everything a person may activate at the tenant level, group-held ones too', () => {
  expect(names(ada, `GET ${PIM}/roleEligibilityScheduleInstances?$filter=asTarget()`)).toEqual([
    'Azure Kubernetes Service RBAC Cluster Admin at aks-core',
    'Contributor at Staging',
    'Deployment Operator at Staging',
    'Key Vault Secrets Officer at rg-payments',
    'Owner at Production',
    'Reader at Platform',
    'Storage Blob Data Contributor at stpaymentsprod',
    'Virtual Machine Contributor at Development',
  ]);
});

it('shows at a scope what is held above it as inherited', () => {
  const line = `GET ${PROD_PAYMENTS}${PIM}/roleEligibilityScheduleInstances?$filter=asTarget()`;
  const types = rows(world.arm(ada, line)).map(({ properties }) => [properties.scope, properties.memberType]);
  expect(types).toEqual([
    [PRODUCTION, 'Inherited'],
    [PROD_PAYMENTS, 'Direct'],
    [PLATFORM, 'Inherited'],
    [resourceId('stpaymentsprod'), 'Direct'],
  ]);
});

it('leaves what hangs below out of atScope(), and out of an unfiltered management group list', () => {
  const count = (scope: string, filter: string) =>
    rows(world.arm(reader, `GET ${scope}${PIM}/roleEligibilityScheduleInstances${filter}`)).length;
  expect(count(PRODUCTION, '')).toBeGreaterThan(count(PRODUCTION, '?$filter=atScope()'));
  expect(count(PLATFORM, '')).toBe(count(PLATFORM, '?$filter=atScope()'));
});

it('finds one principal at, above and below a scope', () => {
  const ofAda = `$filter=principalId eq '${personId('ada.lind')}'`;
  const line = `GET ${ROOT}${PIM}/roleEligibilityScheduleInstances?${ofAda}`;
  expect(rows(world.arm(reader, line))).toHaveLength(7);
  const assigned = `GET ${ROOT}${PIM}/roleEligibilitySchedules?$filter=assignedTo('${personId('ada.lind')}')`;
  const viaGroup = rows(world.arm(reader, assigned)).filter((row) => row.properties.memberType === 'Group');
  expect(viaGroup).toHaveLength(1);
});

it('refuses other people’s assignments to those who may not read them', () => {
  const answer = world.arm(ada, `GET ${STAGING}${PIM}/roleEligibilityScheduleInstances`);
  expect(answer).toEqual({
    status: 400,
    body: {
      error: {
        code: 'InsufficientPermissions',
        message: `The requestor ${ada.objectId} does not have permissions for this request. Please use $filter=asTarget() to filter on the requestor's assignments.`,
      },
    },
  });
});

it('prints an instance as the live service does, absent rather than null, but for stable versions', () => {
  const line = `GET //${STAGING.slice(1)}//PROVIDERS/microsoft.authorization/RoleEligibilityScheduleInstances?$filter=asTarget()&api-version=2020-10-01-preview`;
  const row = rows(world.arm(ada, line)).find(({ properties }) =>
    String(properties.roleDefinitionId).endsWith('b24988ac-6180-42a0-ab88-20f7382dd24c'),
  );
  const at = `/providers/Microsoft.Subscription${STAGING}${PIM}`;
  const roleDefinitionId = `${STAGING}${PIM}/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c`;
  expect(row).toEqual({
    properties: {
      roleEligibilityScheduleId: `${at}/roleEligibilitySchedules/eeeeeeee-0001-4000-8000-000000000008`,
      scope: STAGING,
      roleDefinitionId,
      principalId: personId('ada.lind'),
      principalType: 'User',
      status: 'Provisioned',
      startDateTime: '2025-12-03T12:00:00.000Z',
      memberType: 'Direct',
      createdOn: '2025-12-03T12:00:00.000Z',
      expandedProperties: {
        principal: {
          id: personId('ada.lind'),
          displayName: 'Ada Lind',
          email: 'ada.lind@contoso.example',
          type: 'User',
        },
        roleDefinition: { id: roleDefinitionId, displayName: 'Contributor', type: 'BuiltInRole' },
        scope: { id: STAGING, displayName: 'Staging', type: 'subscription' },
      },
    },
    name: row?.name,
    id: `${at}/roleEligibilityScheduleInstances/${row?.name}`,
    type: 'Microsoft.Authorization/roleEligibilityScheduleInstances',
  });
  const unsaid = { endDateTime: null, condition: null, conditionVersion: null };
  const stable = { ...row, properties: { ...row?.properties, ...unsaid } };
  expect(world.arm(ada, `GET ${row?.id}`)).toEqual({ status: 200, body: stable });
});

it('names what a row comes from, or says that it comes from nothing', () => {
  const one = (collection: string, query = '') =>
    rows(world.arm(reader, `GET ${PRODUCTION}${PIM}/${collection}?$filter=atScope()${query}`))[0]?.properties;
  const preview = '&api-version=2020-10-01-preview';
  expect(one('roleEligibilitySchedules')).toMatchObject({
    roleEligibilityScheduleRequestId: expect.stringMatching(
      /\/roleEligibilityScheduleRequests\/[0-9a-f-]{36}$/,
    ),
  });
  const nothing = { linkedRoleEligibilityScheduleId: null, roleAssignmentScheduleRequestId: null };
  expect(one('roleAssignmentSchedules')).toMatchObject(nothing);
  expect(one('roleAssignmentSchedules', preview)).not.toHaveProperty('linkedRoleEligibilityScheduleId');
  expect(one('roleAssignmentScheduleInstances')).toMatchObject({
    linkedRoleEligibilityScheduleId: null,
    linkedRoleEligibilityScheduleInstanceId: null,
  });
});

it('does not find an instance under a scope that is not its own', () => {
  const [row] = rows(
    world.arm(ada, `GET ${PROD_PAYMENTS}${PIM}/roleEligibilitySchedules?$filter=asTarget()`),
  );
  const line = `GET ${PROD_PLATFORM}${PIM}/roleEligibilitySchedules/${row?.name}`;
  expect(refusal(world.arm(ada, line))).toBe('404 ResourceNotFound');
});

it('refuses a filter it does not know', () => {
  const line = `GET ${PIM}/roleEligibilitySchedules?$filter=createdOn eq 'Provisioned'`;
  expect(refusal(world.arm(ada, line))).toBe('400 UnsupportedQuery');
});
