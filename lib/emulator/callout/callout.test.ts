// Longer than others: every rule of the call is tried on one running emulator, which takes its time to start.
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { redirectUri, tenant, tokensOf } from '#lib/emulator/entra/testing/code-flow.ts';
import { type Running, startForTest } from '#lib/emulator/entra/testing/running.ts';
import { policyFor, storePolicy } from '#lib/emulator/pim/policies.ts';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { entraRole } from '#lib/emulator/tenant/entra-roles.ts';
import { groupId } from '#lib/emulator/tenant/groups.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { STAGING } from '#lib/emulator/tenant/scopes.ts';
import { callJson, type Endpoint, openEndpoint, says } from './testing.ts';

const stint = '5717a000-0000-4000-8000-000000000001';
const extensionId = '0e57e510-0000-4000-8000-000000000001';
const graphScope = [
  'https://graph.microsoft.com/RoleAssignmentSchedule.ReadWrite.Directory',
  'https://graph.microsoft.com/PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
].join(' ');
const requests = '/roleManagement/directory/roleAssignmentScheduleRequests';

let running: Running;
let endpoint: Endpoint;
let ada: string;
let cy: string;

beforeAll(async () => {
  running = await startForTest();
  running.emulator.world.state.provisioningDelayMs = 0;
  endpoint = await openEndpoint();
  ada = await tokenOf('ada.lind');
  cy = await tokenOf('cy.tran');
});
afterAll(async () => {
  endpoint.close();
  await running.end();
});
beforeEach(() => {
  endpoint.heard = [];
  endpoint.answers = [says('Approved')];
});
afterEach(() => {
  const { state } = running.emulator.world;
  endActivations();
  state.requests = [];
  state.policies = state.policies.map(({ writtenRules: _, ...policy }) => policy);
});

function endActivations(): void {
  const { state } = running.emulator.world;
  state.schedules = state.schedules.filter(({ assignmentType }) => assignmentType === 'assigned');
}

async function tokenOf(login: string, scope = graphScope): Promise<string> {
  const all = `openid profile offline_access ${scope}`;
  return (await tokensOf(running, `${login}@contoso.example`, { scope: all, redirect_uri: redirectUri })).body
    .access_token;
}

/** Puts the extension into the settings of a role. */
function link(plane: 'entra' | 'group' | 'azure', role: string, scope: string, stage = 'PreApproval'): void {
  const { world } = running.emulator;
  const extension = {
    id: extensionId,
    displayName: 'Change calendar',
    endpointConfiguration: { targetUrl: endpoint.targetUrl },
    clientConfiguration: { timeoutInMilliseconds: 5000, maximumRetries: 1 },
    authenticationConfiguration: { resourceId: `api://localhost/${stint}` },
  };
  world.state.graph.customExtensions = [extension];
  const id = `CustomExtension_${stage}_EndUser_Assignment`;
  const rule = { id, customExtensionId: extensionId, isEnabled: true };
  storePolicy(world, { ...policyFor(world, plane, role, scope), writtenRules: { [id]: rule } });
}

const call = (method: string, url: string, token: string, body?: object) =>
  callJson(running.emulator.httpsOrigin + url, method, token, body);

const expiration = { type: 'afterDuration', duration: 'PT1H' };
function activate(role: string) {
  return call('POST', `/v1.0${requests}`, ada, {
    action: 'selfActivate',
    principalId: personId('ada.lind'),
    roleDefinitionId: entraRole(role),
    directoryScopeId: '/',
    justification: 'Sprint work',
    scheduleInfo: { expiration },
    ticketInfo: { ticketNumber: 'CHG-7' },
  });
}

test('an activation waits for the extension, which hears the request and sees PIM’s own token', async () => {
  link('entra', entraRole('User Administrator'), '/');
  const { status, body } = await activate('User Administrator');
  expect([status, body.status]).toEqual([201, 'Provisioned']);
  expect(endpoint.heard).toHaveLength(1);
  expect(endpoint.heard[0]?.body).toMatchObject({
    '@odata.type': '#microsoft.graph.unifiedRoleAssignmentScheduleRequest',
    id: body.id,
    status: 'PendingEvaluation',
    action: 'selfActivate',
    principalId: personId('ada.lind'),
    roleDefinitionId: entraRole('User Administrator'),
    directoryScopeId: '/',
    justification: 'Sprint work',
    ticketInfo: { ticketNumber: 'CHG-7' },
  });
  const keys = createRemoteJWKSet(new URL(`${running.emulator.httpOrigin}/${tenant}/discovery/v2.0/keys`));
  const { payload } = await jwtVerify(endpoint.heard[0]?.token ?? '', keys, { audience: stint });
  expect(payload).toMatchObject({ azp: '1c67c054-65c8-4f7f-92a1-eb7ba6e48627', tid: tenant, ver: '2.0' });
});

test('an application that wants v1.0 tokens gets its Application ID URI as audience', async () => {
  const { graph } = running.emulator.world.state;
  const application = graph.applications.find(({ appId }) => appId === stint);
  if (application) application.requestedAccessTokenVersion = null;
  link('entra', entraRole('User Administrator'), '/');
  await activate('User Administrator');
  const claims: JWTPayload = decodeJwt(endpoint.heard[0]?.token ?? '');
  expect(claims).toMatchObject({
    aud: `api://localhost/${stint}`,
    iss: `https://sts.windows.net/${tenant}/`,
    appid: '1c67c054-65c8-4f7f-92a1-eb7ba6e48627',
  });
  if (application) application.requestedAccessTokenVersion = 2;
});

const turns = (rules: object) =>
  fetch(`${running.emulator.httpOrigin}/_emulator/extension`, {
    method: 'POST',
    body: JSON.stringify(rules),
  });

test('Denied is a refusal with the reason, or a denied request, and nothing is active', async () => {
  endpoint.answers = [says('Denied')];
  link('entra', entraRole('User Administrator'), '/');
  const refused = await activate('User Administrator');
  expect(refused).toMatchObject({
    status: 400,
    body: { error: { code: 'CustomExtensionDenied', message: 'It is Denied' } },
  });
  expect(running.emulator.world.state.requests).toEqual([]);
  await turns({ stopped: 'request' });
  const { status, body } = await activate('User Administrator');
  expect([status, body.status]).toEqual([201, 'Denied']);
  await turns({ stopped: 'refusal' });
  const { schedules, graph } = running.emulator.world.state;
  expect(schedules.some(({ assignmentType }) => assignmentType === 'activated')).toBe(false);
  expect(graph.audits.at(-1)).toMatchObject({
    activity: 'Add member to role request denied (PIM activation)',
    reason: 'It is Denied',
    details: expect.arrayContaining([{ key: 'EvaluationId', value: 'e1' }]),
  });
});

test('AutoApproved needs no person, Approved still does, and rules come before both', async () => {
  link('entra', entraRole('Application Administrator'), '/');
  expect((await activate('Application Administrator')).body.status).toBe('PendingApproval');
  running.emulator.world.state.requests = [];
  endpoint.answers = [says('AutoApproved')];
  expect((await activate('Application Administrator')).body.status).toBe('Provisioned');
  endpoint.heard = [];
  link('entra', entraRole('Global Administrator'), '/');
  expect((await activate('Global Administrator')).status).toBe(400);
  expect(endpoint.heard).toEqual([]);
});

test('after approval the second extension has its say, and it may still say no', async () => {
  link('entra', entraRole('Application Administrator'), '/', 'PostApproval');
  const { body } = await activate('Application Administrator');
  expect(endpoint.heard).toEqual([]);
  endpoint.answers = [says('Denied')];
  const step = `/beta/roleManagement/directory/roleAssignmentApprovals/${body.id}/steps/${body.id}`;
  const verdict = { reviewResult: 'Approve', justification: 'Known work' };
  expect((await call('PATCH', step, cy, verdict)).status).toBe(204);
  expect(endpoint.heard).toHaveLength(1);
  expect(running.emulator.world.state.requests[0]).toMatchObject({
    status: 'Denied',
    approval: { reviewResult: 'Approve', reviewedBy: personId('cy.tran') },
  });
});

test('trouble is tried again as often as configured, with the same request; then the gate stays shut, or open', async () => {
  await turns({ stopped: 'request' });
  link('entra', entraRole('User Administrator'), '/');
  endpoint.answers = [{ status: 503, body: {} }, says('Approved')];
  expect((await activate('User Administrator')).body.status).toBe('Provisioned');
  expect(endpoint.heard.map(({ body }) => body.id)).toEqual([
    endpoint.heard[0]?.body.id,
    endpoint.heard[0]?.body.id,
  ]);
  endActivations();
  endpoint.heard = [];
  endpoint.answers = [{ status: 503, body: {} }];
  expect((await activate('User Administrator')).body.status).toBe('Failed');
  expect(endpoint.heard).toHaveLength(2);
  endpoint.answers = [{ status: 200, body: { evaluationOutcome: 'Perhaps' } }];
  expect((await activate('User Administrator')).body.status).toBe('Failed');
  await turns({ stopped: 'refusal' });
  const { body } = await activate('User Administrator');
  expect(body.error).toMatchObject({ code: 'CustomExtensionFailed' });
  await turns({ outage: 'open' });
  expect((await activate('User Administrator')).body.status).toBe('Provisioned');
  await turns({ outage: 'closed' });
});

test('PIM may deliver the same twice, and show v1.0 tokens; the first answer counts', async () => {
  await turns({ deliverTwice: true, tokens: 'v1' });
  link('entra', entraRole('User Administrator'), '/');
  endpoint.answers = [says('Approved'), says('Denied')];
  expect((await activate('User Administrator')).body.status).toBe('Provisioned');
  const [first, second] = endpoint.heard;
  expect(second?.body).toEqual(first?.body);
  expect(decodeJwt(second?.token ?? '')).toMatchObject({ ver: '1.0', aud: `api://localhost/${stint}` });
  await turns({ deliverTwice: false, tokens: null });
});

test('nobody but this machine is called, whatever a tenant names', async () => {
  link('entra', entraRole('User Administrator'), '/');
  const [extension] = running.emulator.world.state.graph.customExtensions;
  Object.assign(extension ?? {}, { endpointConfiguration: { targetUrl: 'https://elsewhere.example/pim' } });
  const { body } = await activate('User Administrator');
  expect(JSON.stringify(body)).toContain('nobody but this machine');
});

test('what is turned has to make sense', async () => {
  expect((await turns({ outage: 'perhaps' })).status).toBe(400);
});

test('a group and an Azure role are asked about in their own words', async () => {
  link('group', 'member', groupId('sg-oncall-platform'));
  await call('POST', '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests', ada, {
    action: 'selfActivate',
    accessId: 'member',
    principalId: personId('ada.lind'),
    groupId: groupId('sg-oncall-platform'),
    justification: 'On call',
    scheduleInfo: { expiration },
  });
  expect(endpoint.heard[0]?.body).toMatchObject({
    '@odata.type': '#microsoft.graph.privilegedAccessGroupAssignmentScheduleRequest',
    accessId: 'member',
    groupId: groupId('sg-oncall-platform'),
  });
  link('azure', azureRole('Contributor'), STAGING);
  const arm = await tokenOf('ada.lind', 'https://management.azure.com/user_impersonation');
  const name = '11111111-0000-4000-8000-000000000001';
  const put = `${STAGING}/providers/Microsoft.Authorization/roleAssignmentScheduleRequests/${name}?api-version=2020-10-01`;
  const { status, body } = await call('PUT', put, arm, {
    properties: {
      principalId: personId('ada.lind'),
      roleDefinitionId: `${STAGING}/providers/Microsoft.Authorization/roleDefinitions/${azureRole('Contributor')}`,
      requestType: 'SelfActivate',
      justification: 'Release',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } },
    },
  });
  expect([status, body.name]).toEqual([201, name]);
  expect(endpoint.heard[1]?.body).toEqual({
    properties: expect.objectContaining({
      principalId: personId('ada.lind'),
      principalType: 'User',
      requestType: 'SelfActivate',
      scope: STAGING,
      justification: 'Release',
    }),
  });
});

test('inside a batch, each step takes effect once', async () => {
  link('entra', entraRole('User Administrator'), '/');
  const headers = { 'Content-Type': 'application/json' };
  const step = (id: string, role: string) => ({
    id,
    method: 'POST',
    url: requests,
    headers,
    body: {
      action: 'selfActivate',
      principalId: personId('ada.lind'),
      roleDefinitionId: entraRole(role),
      directoryScopeId: '/',
      justification: 'Both',
      scheduleInfo: { expiration },
    },
  });
  const { body } = await call('POST', '/v1.0/$batch', ada, {
    requests: [step('1', 'Security Reader'), step('2', 'User Administrator')],
  });
  expect((body.responses as { status: number }[]).map(({ status }) => status)).toEqual([201, 201]);
  expect(running.emulator.world.state.requests).toHaveLength(2);
  expect(endpoint.heard).toHaveLength(1);
});
