import { AuthorizationManagementClient } from '@azure/arm-authorization';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokensOf } from '#lib/emulator/entra/testing/code-flow.ts';
import { type Running, startForTest } from '#lib/emulator/entra/testing/running.ts';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PROD_DATA, PROD_PAYMENTS, PRODUCTION } from '#lib/emulator/tenant/scopes.ts';

const subscription = PRODUCTION.split('/')[2] ?? '';
const id = (number: number) => `0f0f0f0f-0000-4000-8000-${String(number).padStart(12, '0')}`;
const lou = personId('lou.grant');
let running: Running;
let client: AuthorizationManagementClient;

beforeAll(async () => {
  running = await startForTest();
  running.emulator.world.state.provisioningDelayMs = 0;
  client = await clientOf('ines.castell');
});
afterAll(() => running.end());

async function tokenOf(login: string, fields: Record<string, string | undefined> = {}): Promise<string> {
  const scope = 'openid https://management.azure.com/.default';
  return (await tokensOf(running, `${login}@contoso.example`, { scope, ...fields })).body.access_token;
}

async function clientOf(login: string): Promise<AuthorizationManagementClient> {
  const token = await tokenOf(login);
  const credential = { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return new AuthorizationManagementClient(credential, subscription, {
    endpoint: running.emulator.httpsOrigin,
    retryOptions: { maxRetries: 0 },
  });
}

test('a custom role is made, changed, listed and removed', async () => {
  const definition = {
    roleName: 'Vault Auditor',
    description: 'Sees vaults',
    assignableScopes: [PRODUCTION],
    permissions: [{ actions: ['Microsoft.KeyVault/vaults/read'] }],
  };
  const made = await client.roleDefinitions.createOrUpdate(PRODUCTION, id(1), definition);
  expect(made).toMatchObject({ name: id(1), roleType: 'CustomRole', createdOn: expect.any(Date) });
  const filter = "type eq 'CustomRole'";
  const listed = await Array.fromAsync(client.roleDefinitions.list(PRODUCTION, { filter }));
  expect(listed.map(({ roleName }) => roleName)).toContain('Vault Auditor');
  expect((await client.roleDefinitions.delete(PRODUCTION, id(1))).roleName).toBe('Vault Auditor');
  await expect(client.roleDefinitions.get(PRODUCTION, id(1))).rejects.toMatchObject({ statusCode: 404 });
});

test('assignments are made, found, paged through and removed; conflicts keep their codes', async () => {
  const parameters = { principalId: lou, roleDefinitionId: azureRole('Reader'), principalType: 'User' };
  const made = await client.roleAssignments.create(PRODUCTION, id(2), parameters);
  expect(made).toMatchObject({
    scope: PRODUCTION,
    principalType: 'User',
    createdBy: personId('ines.castell'),
  });
  await expect(client.roleAssignments.create(PRODUCTION, id(3), parameters)).rejects.toMatchObject({
    statusCode: 409,
    code: 'RoleAssignmentExists',
    message: expect.stringMatching(/is [0-9a-f]{32}\.$/),
  });
  const found = await Array.fromAsync(
    client.roleAssignments.listForScope(PRODUCTION, { filter: `principalId eq '${lou}'` }),
  );
  expect(found.map(({ name }) => name)).toEqual([id(2)]);
  const { schedules } = running.emulator.world.state;
  const [like] = schedules.filter((one) => one.id === id(2));
  for (let number = 100; like && number < 320; number += 1) schedules.push({ ...like, id: id(number) });
  const all = await Array.fromAsync(client.roleAssignments.listForSubscription());
  expect(all.length).toBeGreaterThan(220);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  expect((await client.roleAssignments.delete(PRODUCTION, id(2))).name).toBe(id(2));
});

test('deny assignments, permissions and classic administrators are read', async () => {
  const denied = await Array.fromAsync(client.denyAssignments.listForScope(PROD_DATA));
  expect(denied).toMatchObject([
    { denyAssignmentName: expect.stringContaining('stack-data'), isSystemProtected: true, scope: PROD_DATA },
  ]);
  const inGroup = await Array.fromAsync(client.denyAssignments.listForResourceGroup('rg-data'));
  expect(inGroup).toHaveLength(1);
  expect(await client.denyAssignments.get(PROD_DATA, denied[0]?.name ?? '')).toMatchObject({
    id: denied[0]?.id,
  });
  const [permission] = await Array.fromAsync(client.permissions.listForResourceGroup('rg-data'));
  expect(permission?.actions).toEqual(['*']);
  expect(await Array.fromAsync(client.classicAdministrators.list())).toEqual([]);
});

test('an administrator makes someone eligible, with a condition, and takes it back', async () => {
  const asked = { principalId: lou, roleDefinitionId: azureRole('Contributor'), justification: 'Audit week' };
  const made = await client.roleEligibilityScheduleRequests.create(PRODUCTION, id(4), {
    ...asked,
    requestType: 'AdminAssign',
    scheduleInfo: { startDateTime: new Date(), expiration: { type: 'AfterDuration', duration: 'P30D' } },
    condition: "@Resource[a:b] StringEqualsIgnoreCase 'c'",
    conditionVersion: '1.0',
  });
  expect(made).toMatchObject({ status: 'Provisioned', conditionVersion: '1.0' });
  const filter = `principalId eq ${lou}`;
  const [row] = await Array.fromAsync(client.roleEligibilitySchedules.listForScope(PRODUCTION, { filter }));
  expect(row).toMatchObject({ condition: expect.any(String), conditionVersion: '1.0', memberType: 'Direct' });
  const removed = await client.roleEligibilityScheduleRequests.create(PRODUCTION, id(5), {
    ...asked,
    requestType: 'AdminRemove',
  });
  expect(removed.status).toBe('Revoked');
});

test('one rule of a role’s settings is changed, and dropped again', async () => {
  const find = async () => {
    const list = client.roleManagementPolicyAssignments.listForScope(PROD_PAYMENTS);
    const all = await Array.fromAsync(list);
    return all.find(({ roleDefinitionId }) => roleDefinitionId?.endsWith(azureRole('Contributor')));
  };
  const policy = (await find())?.policyId?.split('/').at(-1) ?? '';
  const updated = await client.roleManagementPolicies.update(PROD_PAYMENTS, policy, {
    rules: [
      {
        id: 'Expiration_EndUser_Assignment',
        ruleType: 'RoleManagementPolicyExpirationRule',
        isExpirationRequired: true,
        maximumDuration: 'PT3H',
      },
    ],
  });
  expect(updated.rules).toHaveLength(17);
  expect(updated.rules).toContainEqual(expect.objectContaining({ maximumDuration: 'PT3H' }));
  await client.roleManagementPolicyAssignments.delete(PROD_PAYMENTS, (await find())?.name ?? '');
  const rules = (await find())?.effectiveRules;
  expect(rules).not.toContainEqual(expect.objectContaining({ maximumDuration: 'PT3H' }));
});

test('a Global Administrator elevates, and nobody else', async () => {
  await expect(client.globalAdministrator.elevateAccess()).rejects.toMatchObject({ statusCode: 403 });
  const sealed = await clientOf('breakglass.one');
  await sealed.globalAdministrator.elevateAccess();
  const root = await Array.fromAsync(sealed.roleAssignments.listForScope('/', { filter: 'atScope()' }));
  expect(root.some(({ principalId }) => principalId === personId('breakglass.one'))).toBe(true);
});

test('the client answers mandatory MFA’s challenge by itself, once its credential heeds claims', async () => {
  await fetch(`${running.emulator.httpOrigin}/_emulator/mandatory-mfa`, {
    method: 'POST',
    body: '{"on":true}',
  });
  const claimsSeen: (string | undefined)[] = [];
  const credential = {
    async getToken(_scopes: string | string[], { claims }: { claims?: string } = {}) {
      claimsSeen.push(claims);
      const token = await tokenOf('ines.castell', claims ? { claims } : { mfa: undefined });
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  const endpoint = running.emulator.httpsOrigin;
  const held = new AuthorizationManagementClient(credential, subscription, { endpoint });
  const parameters = { principalId: lou, roleDefinitionId: azureRole('Monitoring Reader') };
  expect((await held.roleAssignments.create(PRODUCTION, id(6), parameters)).name).toBe(id(6));
  expect(claimsSeen).toEqual([undefined, '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}']);
});
