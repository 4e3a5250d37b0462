import { expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { DEV_GROUP, PRODUCTION, resourceId, STAGING } from '#lib/emulator/tenant/scopes.ts';
import { app, minute, person, refusal, rows, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const reader = app('Stint Reader');
const applier = app('Stint Applier');
const ada = person('ada.lind');

it('lists what can be allowed, by provider and type, to anyone signed in', () => {
  const world = tenant();
  const line = `GET ${PIM}/providerOperations`;
  const all = rows(world.arm(ada, line));
  expect(all.map(({ name }) => name)).toContain('Microsoft.KeyVault');
  const { body } = world.arm(ada, `${line}/microsoft.keyvault?$expand=resourceTypes`);
  const types: { name: string; operations: object[] }[] = Object(body).resourceTypes;
  expect(types.find(({ name }) => name === 'vaults/secrets')?.operations).toContainEqual(
    expect.objectContaining({
      name: 'Microsoft.KeyVault/vaults/secrets/getSecret/action',
      isDataAction: true,
    }),
  );
  expect(refusal(world.arm(ada, `${line}/Contoso.Nothing`))).toBe('404 ResourceNotFound');
});

it('says again which settings a role has, and refuses to give it another role’s', () => {
  const world = tenant();
  const line = `${STAGING}${PIM}/roleManagementPolicyAssignments`;
  const settings = rows(world.arm(reader, `GET ${line}`));
  const [own, other] = settings;
  const put = (properties: object) => world.arm(applier, `PUT ${line}/${own?.name}`, { properties });
  expect(put({ ...own?.properties }).status).toBe(201);
  expect(refusal(put({ ...own?.properties, policyId: other?.properties.policyId }))).toBe(
    '400 InvalidPolicy',
  );
  expect(refusal(world.arm(reader, `PUT ${line}/${own?.name}`, {}))).toBe('403 AuthorizationFailed');
});

it('drops the settings of a role by the policy’s own name too', () => {
  const world = tenant();
  const line = `${STAGING}${PIM}/roleManagementPolicies`;
  const wanted = world.state.policies.find(
    ({ role, scope }) => role === azureRole('Contributor') && scope === STAGING,
  );
  expect(world.arm(applier, `DELETE ${line}/${wanted?.id}`).status).toBe(200);
  expect(world.arm(applier, `DELETE ${line}/${wanted?.id}`).status).toBe(204);
});

it('tells a vault’s own access policies, and the identity of what has one', () => {
  const world = tenant();
  const vaults = rows(world.arm(reader, `GET ${STAGING}/providers/Microsoft.KeyVault/vaults`));
  expect(vaults).toMatchObject([
    {
      properties: {
        enableRbacAuthorization: false,
        accessPolicies: [{ objectId: personId('oscar.blom') }, { permissions: { secrets: ['get'] } }],
      },
    },
  ]);
  expect(world.arm(reader, `GET ${resourceId('aks-core')}`).body).toMatchObject({
    identity: { type: 'SystemAssigned' },
  });
  expect(refusal(world.arm(ada, `GET ${PRODUCTION}/providers/Microsoft.KeyVault/vaults`))).toBe(
    '403 AuthorizationFailed',
  );
});

it('tells what Lighthouse has delegated', () => {
  const world = tenant();
  const line = `GET ${STAGING}/providers/Microsoft.ManagedServices/registrationAssignments?$expandRegistrationDefinition=true`;
  expect(rows(world.arm(reader, line))).toMatchObject([
    {
      properties: {
        registrationDefinition: {
          properties: { authorizations: [{ roleDefinitionId: azureRole('Contributor') }] },
        },
      },
    },
  ]);
});

it('opens a machine’s door for a while, within its policy', () => {
  const world = tenant();
  const path = `${DEV_GROUP}/providers/Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/default`;
  const admin = app('vm-dev-01');
  const ask = (number: number, minutes: number) =>
    world.arm(admin, `POST ${path}/initiate`, {
      virtualMachines: [
        {
          id: resourceId('vm-dev-01'),
          ports: [
            {
              number,
              allowedSourceAddressPrefix: '192.0.2.1',
              endTimeUtc: new Date(world.now() + minutes * minute).toISOString(),
            },
          ],
        },
      ],
      justification: 'A look inside',
    });
  expect(refusal(ask(22, 181))).toBe('400 InvalidInput');
  expect(refusal(ask(80, 60))).toBe('400 InvalidInput');
  expect(ask(22, 60)).toMatchObject({
    status: 202,
    body: { virtualMachines: [{ ports: [{ status: 'Initiating', statusReason: 'UserRequested' }] }] },
  });
  expect(Object(world.arm(reader, `GET ${path}`).body).properties.requests).toHaveLength(1);
  expect(refusal(world.arm(reader, `POST ${path}/initiate`))).toBe('403 AuthorizationFailed');
});

it('shows a reviewer of Azure roles what is asked of them, and takes their decision alone', () => {
  const world = tenant();
  const version = 'api-version=2021-12-01-preview';
  const line = `${PIM}/accessReviewScheduleDefinitions`;
  const petra = person('petra.holm');
  const [review] = rows(world.arm(petra, `GET ${line}?$filter=assignedToMeToReview()&${version}`));
  const [instance] = rows(world.arm(petra, `GET ${review?.id}/instances?${version}`));
  const [decision] = rows(world.arm(petra, `GET ${instance?.id}/decisions?${version}`));
  expect(decision?.properties).toMatchObject({ decision: 'NotReviewed', resource: { type: 'azureRole' } });
  const body = { properties: { decision: 'Deny', justification: 'Has left' } };
  const patched = world.arm(petra, `PATCH ${decision?.id}?${version}`, body);
  expect(patched).toMatchObject({ status: 200, body: { properties: { decision: 'Deny' } } });
  expect(refusal(world.arm(ada, `PATCH ${decision?.id}?${version}`, body))).toBe('404 ResourceNotFound');
});

it.each([
  [`GET ${STAGING}${PIM}/roleAssignmentSchedules?api-version=2015-07-01`, '400 UnsupportedApiVersion'],
  [`GET ${STAGING}${PIM}/roleAssignments?$filter=foo eq 'x'`, '400 UnsupportedQuery'],
  [`PATCH ${STAGING}${PIM}/roleAssignments/x`, '405 MethodNotAllowed'],
  [`DELETE ${STAGING}${PIM}/eligibleChildResources`, '405 MethodNotAllowed'],
  [`PUT ${STAGING}${PIM}/roleAssignments/not-a-guid`, '400 InvalidRoleAssignmentId'],
])('refuses what Azure refuses: %s', (line, code) => {
  expect(refusal(tenant().arm(applier, line))).toBe(code);
});
