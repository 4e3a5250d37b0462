import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askToken } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';

let running: Running;
let token: string;
beforeAll(async () => {
  running = await startForTest();
  const asTests = {
    grant_type: 'client_credentials',
    client_id: '5717a000-0000-4000-8000-000000000002',
    client_secret: 'machine-secret',
    scope: 'https://graph.microsoft.com/.default',
  };
  token = (await askToken(running, asTests)).body.access_token;
});
afterEach(async () => {
  await fetch(`${running.emulator.httpOrigin}/_emulator/faults`, { method: 'DELETE' });
});
afterAll(() => running.end());

interface Step {
  id: string;
  status: number;
  headers: Record<string, string>;
  body?: Record<string, unknown> & { error?: { code: string } };
}

async function batch(requests: unknown, version = 'v1.0', bearer = token) {
  const answer = await fetch(`${running.emulator.httpsOrigin}/${version}/$batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ requests }),
  });
  const body = (await answer.json()) as { responses: Step[]; error?: { code: string } };
  const steps = Object.fromEntries((body.responses ?? []).map((one) => [one.id, one]));
  return { status: answer.status, code: body.error?.code, responses: body.responses, steps };
}
const get = (id: string, url: string, more: object = {}) => ({ id, method: 'GET', url, ...more });

test('every step has its own status, headers and body; the whole is 200', async () => {
  const { status, steps } = await batch([
    get('one', '/users?$top=1'),
    { id: 'two', method: 'DELETE', url: '/groups/bbbbbbbb-0001-4000-8000-000000000001' },
    {
      id: 'three',
      method: 'POST',
      url: '/users/aaaaaaaa-0001-4000-8000-000000000001/getPasswordSingleSignOnCredentials',
      body: {},
      headers: { 'Content-Type': 'application/json' },
    },
    get(
      'four',
      "users?$select=id,displayName&$filter=city eq null and startswith(displayName,'Vic')&$count=true",
      {
        headers: { ConsistencyLevel: 'eventual' },
      },
    ),
  ]);
  expect(status).toBe(200);
  expect(steps.one).toMatchObject({ status: 200, headers: { 'OData-Version': '4.0' } });
  expect(steps.two).toMatchObject({
    status: 403,
    headers: { 'Cache-Control': 'no-cache', 'x-ms-resource-unit': '1', 'Content-Type': 'application/json' },
    body: { error: { code: 'Authorization_RequestDenied' } },
  });
  expect(steps.three).toMatchObject({ status: 405, body: { error: { code: 'Request_BadRequest' } } });
  expect(steps.four?.body).toMatchObject({
    '@odata.context': expect.stringMatching(/\$metadata#users\(id,displayName\)$/),
    '@odata.count': 1,
    value: [{ displayName: 'Vic Partner' }],
  });
});

test('answers in another order than asked, on beta too', async () => {
  const { responses } = await batch([get('1', '/groups?$top=1'), get('2', '/users?$top=1')], 'beta');
  expect(responses.map(({ id }) => id)).toEqual(['2', '1']);
  expect(responses[0]?.body?.['@odata.context']).toContain('/beta/$metadata#users');
});

test('runs a step after what it depends on, and fails it with 424 when that failed', async () => {
  const { steps } = await batch([
    get('after', '/users?$top=1', { dependsOn: ['first'] }),
    get('first', '/users/nobody'),
    get('fine', '/users?$top=1', { dependsOn: ['other'] }),
    get('other', '/groups?$top=1'),
  ]);
  expect(steps.first?.status).toBe(404);
  expect(steps.after).toMatchObject({ status: 424, body: { error: { code: 'FailedDependency' } } });
  expect([steps.other?.status, steps.fine?.status]).toEqual([200, 200]);
});

test.each([
  ['the same id twice', [get('1', '/users'), get('1', '/groups')]],
  ['more than twenty', Array.from({ length: 21 }, (_, index) => get(String(index), '/users'))],
  ['none', []],
  ['no id', [{ method: 'GET', url: '/users' }]],
  ['an absolute url', [get('1', 'https://graph.microsoft.com/v1.0/users')]],
  ['a circle', [get('1', '/users', { dependsOn: ['2'] }), get('2', '/users', { dependsOn: ['1'] })]],
  ['a body without its type', [{ id: '1', method: 'POST', url: '/users', body: {} }]],
  ['a batch inside', [{ id: '1', method: 'POST', url: '/$batch' }]],
])('refuses the whole for %s', async (_, requests) => {
  expect(await batch(requests)).toMatchObject({ status: 400, code: 'BadRequest' });
});

test('a fault strikes single steps, and its Retry-After is theirs', async () => {
  await fetch(`${running.emulator.httpOrigin}/_emulator/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ match: '/v1.0/groups', status: 429, retryAfter: 7 }),
  });
  const { status, steps } = await batch([get('1', '/users?$top=1'), get('2', '/groups?$top=1')]);
  expect([status, steps[1]?.status]).toEqual([200, 200]);
  expect(steps[2]).toMatchObject({ status: 429, headers: { 'Retry-After': '7' } });
});

test('a bad token fails the whole', async () => {
  expect(await batch([get('1', '/users')], 'v1.0', 'nonsense')).toMatchObject({ status: 401 });
});
