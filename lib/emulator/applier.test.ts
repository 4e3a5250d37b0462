import { afterAll, beforeAll, expect, test } from 'vitest';
import { askToken, reader } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';
import { azureRole } from './tenant/azure-roles.ts';
import { entraRole } from './tenant/entra-roles.ts';
import { groupId } from './tenant/groups.ts';
import { personId } from './tenant/people.ts';
import { PRODUCTION } from './tenant/scopes.ts';
import { APPLIER_APP } from './tenant/service-principals.ts';

const PIM = 'providers/Microsoft.Authorization';
let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

/** Calls of an application with nothing but its own secret. */
async function application(clientId: string, secret: string) {
  const tokenFor = async (resource: string) => {
    const scope = `${resource}/.default`;
    const fields = { grant_type: 'client_credentials', client_id: clientId, client_secret: secret, scope };
    return (await askToken(running, fields)).body.access_token;
  };
  const graph = await tokenFor('https://graph.microsoft.com');
  const arm = await tokenFor('https://management.azure.com');
  return async (method: string, path: string, body?: object) => {
    const token = path.startsWith('/v1.0/') ? graph : arm;
    const response = await fetch(`${running.emulator.httpsOrigin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  };
}

test('the Applier makes a standing Owner eligible, reads it back, and takes the standing one away', async () => {
  const call = await application(APPLIER_APP, 'applier-secret');
  const ines = personId('ines.castell');
  const made = await call(
    'PUT',
    `${PRODUCTION}/${PIM}/roleEligibilityScheduleRequests/0a441e00-0000-4000-8000-000000000001?api-version=2020-10-01`,
    {
      properties: {
        principalId: ines,
        roleDefinitionId: `${PRODUCTION}/${PIM}/roleDefinitions/${azureRole('Owner')}`,
        requestType: 'AdminAssign',
        justification: 'Reviewed',
        scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'P180D' } },
      },
    },
  );
  expect(made).toMatchObject({ status: 201, body: { properties: { status: 'Provisioned' } } });
  // The seed's provisioning takes a second; the PIM clock skips it.
  await fetch(`${running.emulator.httpOrigin}/_emulator/clock`, {
    method: 'POST',
    body: JSON.stringify({ advanceSeconds: 5 }),
  });
  const at = (collection: string, version: string) =>
    `${PRODUCTION}/${PIM}/${collection}?api-version=${version}&$filter=principalId eq '${ines}'`;
  const eligible = await call('GET', at('roleEligibilitySchedules', '2020-10-01'));
  expect(eligible.body.value).toHaveLength(1);
  const standing = await call('GET', at('roleAssignments', '2022-04-01'));
  const [owner] = standing.body.value;
  const removed = await call('DELETE', `${owner.id}?api-version=2022-04-01`);
  expect(removed).toMatchObject({ status: 412 });
  expect(removed.body.error.message).toBe('Cannot delete the last RBAC admin assignment');
});

test('the Applier takes a person out of a role-assignable group, and a role from an application', async () => {
  const call = await application(APPLIER_APP, 'applier-secret');
  const member = `/v1.0/groups/${groupId('sg-security-operations')}/members/${personId('marco.rossi')}/$ref`;
  expect((await call('DELETE', member)).status).toBe(204);
  const writers = encodeURIComponent(`roleDefinitionId eq '${entraRole('Directory Writers')}'`);
  const list = `/v1.0/roleManagement/directory/roleAssignments?$filter=${writers}`;
  const [held] = (await call('GET', list)).body.value;
  const ask = {
    action: 'adminRemove',
    principalId: held.principalId,
    roleDefinitionId: held.roleDefinitionId,
    directoryScopeId: '/',
    justification: 'Reviewed',
  };
  const path = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
  expect(await call('POST', path, ask)).toMatchObject({ status: 201, body: { status: 'Revoked' } });
  expect((await call('GET', list)).body.value).toEqual([]);
});

test('the Reader, with its own secret, may do none of it', async () => {
  const call = await application(reader, 'reader-secret');
  const member = `/v1.0/groups/${groupId('sg-service-desk')}/members/${personId('wim.claes')}/$ref`;
  expect((await call('DELETE', member)).status).toBe(403);
  const listed = await call('GET', `${PRODUCTION}/${PIM}/roleAssignments?api-version=2022-04-01`);
  const { id } = listed.body.value[0];
  expect((await call('DELETE', `${id}?api-version=2022-04-01`)).status).toBe(403);
});
