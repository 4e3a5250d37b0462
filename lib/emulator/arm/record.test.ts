import { beforeEach, expect, it } from 'vitest';
import { azureRole } from '#lib/emulator/tenant/azure-roles.ts';
import { personId } from '#lib/emulator/tenant/people.ts';
import { PRODUCTION, SANDBOX_ONE, STAGING, TENANT_ID } from '#lib/emulator/tenant/scopes.ts';
import { app, minute, person, refusal, rows, type Tenant, tenant } from './testing.ts';

const PIM = '/providers/Microsoft.Authorization';
const LOG = '/providers/microsoft.insights/eventtypes/management/values';
const SINCE = "eventTimestamp ge '2026-05-30T00:00:00Z'";
const owner = person('ines.castell');
const reader = app('Stint Reader');
let world: Tenant;

beforeEach(() => {
  world = tenant();
});

type Row = Record<string, Record<string, string>>;
function log(scope: string, filter = SINCE): Row[] {
  const answer = world.arm(reader, `GET ${scope}${LOG}?api-version=2015-04-01&$filter=${filter}`);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  return Object(answer.body).value;
}

function grant(who = owner) {
  return world.arm(who, `PUT ${PRODUCTION}${PIM}/roleAssignments/0c0c0c0c-0000-4000-8000-000000000001`, {
    properties: { principalId: personId('lou.grant'), roleDefinitionId: azureRole('Reader') },
  });
}

it('a write leaves its beginning and its end, with who, what and where', () => {
  grant();
  const [end, begin, ...more] = log(PRODUCTION);
  expect(more).toEqual([]);
  expect(end?.operationId).toBe(begin?.operationId);
  expect(begin).toMatchObject({ eventName: { value: 'BeginRequest' }, status: { value: 'Started' } });
  expect(end).toEqual({
    authorization: {
      action: 'Microsoft.Authorization/roleAssignments/write',
      role: 'Owner',
      scope: `${PRODUCTION}${PIM}/roleAssignments/0c0c0c0c-0000-4000-8000-000000000001`,
    },
    caller: 'ines.castell@contoso.example',
    claims: expect.objectContaining({
      'http://schemas.microsoft.com/identity/claims/objectidentifier': owner.objectId,
      'http://schemas.microsoft.com/claims/authnmethodsreferences': 'pwd,mfa',
      appid: owner.appId,
    }),
    correlationId: expect.any(String),
    description: '',
    eventDataId: expect.any(String),
    eventName: { value: 'EndRequest', localizedValue: 'End request' },
    httpRequest: { clientRequestId: 'c', clientIpAddress: '127.0.0.1', method: 'PUT' },
    id: expect.stringMatching(/\/events\/[0-9a-f-]{36}\/ticks\/\d{18}$/),
    level: 'Informational',
    resourceGroupName: '',
    resourceProviderName: { value: 'Microsoft.Authorization', localizedValue: 'Microsoft.Authorization' },
    operationId: expect.any(String),
    operationName: expect.objectContaining({ value: 'Microsoft.Authorization/roleAssignments/write' }),
    properties: { statusCode: 'Created' },
    status: { value: 'Succeeded', localizedValue: 'Succeeded' },
    subStatus: { value: 'Created', localizedValue: 'Created (HTTP Status Code: 201)' },
    eventTimestamp: '2026-06-01T12:00:00.000Z',
    submissionTimestamp: '2026-06-01T12:00:13.000Z',
    subscriptionId: PRODUCTION.split('/')[2],
  });
});

it('a refused write is there too; a read is not', () => {
  grant(person('lou.grant'));
  world.arm(owner, `GET ${PRODUCTION}${PIM}/roleAssignments`);
  expect(log(PRODUCTION).map(({ status }) => status?.value)).toEqual(['Failed', 'Started']);
});

it('an activation is told as the request of its person and the assignment PIM then writes', () => {
  const ada = person('ada.lind');
  world.arm(ada, `PUT ${STAGING}${PIM}/roleAssignmentScheduleRequests/0b0b0b0b-0000-4000-8000-000000000001`, {
    properties: {
      principalId: ada.objectId,
      roleDefinitionId: azureRole('Contributor'),
      requestType: 'SelfActivate',
      justification: 'Deploy',
      scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H' } },
    },
  });
  const ends = log(STAGING).filter(({ eventName }) => eventName?.value === 'EndRequest');
  expect(ends.map(({ operationName, caller }) => [operationName?.value, caller])).toEqual([
    ['Microsoft.Authorization/roleAssignmentScheduleRequests/write', 'ada.lind@contoso.example'],
    ['Microsoft.Authorization/roleAssignments/write', '01fc33a7-78ba-4d2f-a4b7-768e336e890e'],
  ]);
});

it('takes a time and at most one other field, and nothing else', () => {
  grant();
  expect(log(PRODUCTION, `${SINCE} and eventTimestamp le '2026-05-31T00:00:00Z'`)).toEqual([]);
  expect(log(PRODUCTION, `${SINCE} and resourceProvider eq 'Microsoft.Authorization'`)).toHaveLength(2);
  expect(log(PRODUCTION, `${SINCE} and resourceGroupName eq 'rg-data'`)).toEqual([]);
  const refused = (filter: string) =>
    refusal(world.arm(reader, `GET ${PRODUCTION}${LOG}?api-version=2015-04-01&$filter=${filter}`));
  for (const filter of [
    `${SINCE} and caller eq 'x'`,
    `${SINCE} and resourceGroupName eq 'x' and correlationId eq 'y'`,
    "resourceGroupName eq 'x'",
    `${SINCE} or ${SINCE}`,
  ]) {
    expect(refused(filter)).toBe('400 BadRequest');
  }
});

it('keeps ninety days, and gives the tenant its own', () => {
  world.arm(person('breakglass.one'), `POST ${PIM}/elevateAccess`);
  world.state.schedules.push(
    ...world.state.schedules
      .filter(({ principalId, plane }) => principalId === reader.objectId && plane === 'azure')
      .slice(0, 1)
      .map((one) => ({ ...one, id: '0e0e0e0e-0000-4000-8000-000000000001', scope: '/' })),
  );
  expect(log('')[0]?.operationName?.value).toBe('Microsoft.Authorization/elevateAccess/action');
  expect(log(PRODUCTION)).toEqual([]);
  world.advance(91 * 24 * 60 * minute);
  expect(log('')).toEqual([]);
});

it('answers a batch member by member, under their names', () => {
  const member = (name: string, url: string, httpMethod = 'GET', content = {}) => ({
    name,
    url,
    httpMethod,
    content,
  });
  const answer = world.arm(owner, 'POST /batch?api-version=2020-06-01', {
    requests: [
      member('a', `${PRODUCTION}${PIM}/roleAssignments?api-version=2022-04-01`),
      member('b', `https://management.azure.com${STAGING}${PIM}/roleAssignments?api-version=2022-04-01`),
      member('c', `${PRODUCTION}/nothing?api-version=2020-01-01`),
    ],
  });
  expect(answer.status).toBe(200);
  expect(Object(answer.body).responses).toMatchObject([
    { name: 'a', httpStatusCode: 200, content: { value: expect.any(Array) }, headers: {} },
    { name: 'b', httpStatusCode: 403, content: { error: { code: 'AuthorizationFailed' } } },
    { name: 'c', httpStatusCode: 501 },
  ]);
  const many = Array.from({ length: 21 }, (_, index) =>
    member(String(index), '/subscriptions?api-version=2022-12-01'),
  );
  expect(refusal(world.arm(owner, 'POST /batch?api-version=2020-06-01', { requests: many }))).toBe(
    '400 InvalidBatchRequest',
  );
});

it('mandatory MFA holds people back from writing, and nobody from reading', () => {
  world.state.mandatoryMfa = true;
  const plain = person('ines.castell', { mfa: false });
  const answer = grant(plain);
  expect(answer.status).toBe(401);
  const challenge = answer.headers?.['WWW-Authenticate'] ?? '';
  expect(challenge).toMatch(
    /^Bearer realm="", authorization_uri="[^"]+", error="insufficient_claims", claims="/,
  );
  const claims = Buffer.from(/claims="([^"]+)"/.exec(challenge)?.[1] ?? '', 'base64').toString();
  expect(JSON.parse(claims)).toEqual({ access_token: { acrs: { essential: true, values: ['p1'] } } });
  expect(world.arm(plain, `GET ${PRODUCTION}${PIM}/roleAssignments`).status).toBe(200);
  expect(grant(person('ines.castell', { mfa: false, acrs: ['p1'] })).status).toBe(201);
  expect(refusal(world.arm(reader, `DELETE ${PRODUCTION}${PIM}/locks/x`))).toBe('403 AuthorizationFailed');
});

it('lists the tenant, the classic administrators left over, and one resource by its id', () => {
  expect(world.arm(owner, 'GET /tenants').body).toMatchObject({
    value: [{ tenantId: TENANT_ID, displayName: 'Contoso', defaultDomain: 'contoso.example' }],
  });
  expect(world.arm(owner, `GET ${PRODUCTION}${PIM}/classicAdministrators`).body).toEqual({ value: [] });
  const vaults = world.arm(
    owner,
    `GET ${PRODUCTION}/resources?$filter=resourceType eq 'Microsoft.KeyVault/vaults'`,
  );
  const [vault] = Object(vaults.body).value;
  expect(vault).toMatchObject({ name: 'kv-payments-prod' });
  expect(world.arm(owner, `GET ${vault.id}`).body).toMatchObject({
    ...vault,
    properties: { enableRbacAuthorization: true, accessPolicies: [] },
  });
  const left = `GET ${SANDBOX_ONE}${PIM}/classicAdministrators`;
  expect(rows(world.arm(reader, left))).toMatchObject([{ properties: { role: 'CoAdministrator' } }]);
});

it('answers Resource Graph in the columns and the number asked for, and heeds case where the query does', () => {
  const ask = (query: string, who = reader) =>
    world.arm(who, 'POST /providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', { query });
  const type = 'microsoft.authorization/roleassignments';
  const narrow = `AuthorizationResources | where type == "${type}" | project id, properties.scope | limit 2`;
  const { data, count, totalRecords } = Object(ask(narrow).body);
  expect([count, totalRecords]).toEqual([2, 2]);
  expect(data[0]).toEqual({ id: expect.any(String), properties_scope: expect.any(String) });
  expect(Object(ask(`authorizationresources | where type == '${type.toUpperCase()}'`).body).count).toBe(0);
  expect(refusal(ask(`${narrow} | project shoes`))).toBe('400 BadRequest');
  const vaults = "Resources | where type =~ 'Microsoft.KeyVault/vaults' | project name, location | take 9";
  expect(Object(ask(vaults).body).data).toContainEqual({ name: 'kv-payments-prod', location: 'westeurope' });
  expect(Object(ask(vaults, person('lou.grant')).body).data).toEqual([]);
  for (const query of ['resources | summarize count()', 'securityresources', 'authorizationresources']) {
    expect(refusal(ask(query))).toBe('501 NotImplemented');
  }
});

it('answers Resource Graph’s table of assignments in pages, and of definitions', () => {
  const ask = (query: string, options: object = {}, who = reader) =>
    world.arm(who, 'POST /providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01', {
      subscriptions: [PRODUCTION.split('/')[2]],
      query: `authorizationresources | where type =~ 'microsoft.authorization/${query}'`,
      options,
    });
  const whole = Object(ask('roleassignments').body);
  expect(whole).toMatchObject({ resultTruncated: 'false', facets: [], count: whole.totalRecords });
  expect(whole.data[0]).toMatchObject({
    type: 'microsoft.authorization/roleassignments',
    tenantId: TENANT_ID,
  });
  const first = Object(ask('roleassignments', { $top: 2 }).body);
  const second = Object(ask('roleassignments', { $top: 1000, $skipToken: first.$skipToken }).body);
  expect([...first.data, ...second.data]).toEqual(whole.data);
  expect(second).not.toHaveProperty('$skipToken');
  const above = Object(ask('roleassignments', { authorizationScopeFilter: 'AtScopeAboveAndBelow' }).body);
  expect(above.totalRecords).toBeGreaterThan(whole.totalRecords);
  expect(Object(ask('roledefinitions').body).totalRecords).toBeGreaterThan(40);
  expect(Object(ask('roleassignments', {}, person('lou.grant')).body).totalRecords).toBe(0);
});
