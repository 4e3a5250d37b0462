import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askToken, portal, reader, tokensOf } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';
import { loadKeys } from './keys.ts';

let running: Running;
let token: string;
beforeAll(async () => {
  running = await startForTest();
  token = await readerToken('https://graph.microsoft.com/.default');
});
afterEach(async () => {
  await fetch(`${running.emulator.httpOrigin}/_emulator/faults`, { method: 'DELETE' });
});
afterAll(() => running.end());

async function readerToken(scope: string): Promise<string> {
  const asReader = {
    grant_type: 'client_credentials',
    client_id: reader,
    client_secret: 'reader-secret',
    scope,
  };
  return (await askToken(running, asReader)).body.access_token;
}

function call(path: string, bearer: string | null, init: RequestInit = {}): Promise<Response> {
  const headers: Record<string, string> = { ...(init.headers as Record<string, string>) };
  if (bearer !== null) headers.authorization = `Bearer ${bearer}`;
  return fetch(running.emulator.httpsOrigin + path, { ...init, headers });
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { error: { code: string } }).error.code;
}

const users = '/v1.0/users?$top=1';
const subscriptions = '/subscriptions?api-version=2022-12-01';

test('a good token reaches the API, and the answer carries the ids', async () => {
  const answer = await call(users, token, { headers: { 'client-request-id': 'mine-1' } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('client-request-id')).toBe('mine-1');
  expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
});

test('no token is refused in the words of each API', async () => {
  expect((await call(users, null)).status).toBe(401);
  expect((await call(subscriptions, null)).status).toBe(401);
});

test('a token is refused when its text, signer, audience, tenant or time is wrong', async () => {
  const keys = await loadKeys(`${running.dataFolder}/emulator`);
  const [head = '', body = '', signature = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['Everything'] })).toString('base64url');
  const sign = (changes: object) =>
    new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg: 'RS256', kid: keys.kid })
      .sign(keys.signing);
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
  const symmetric = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from(JSON.stringify(keys.publicJwk)));
  const bad = [
    'abc',
    unsigned,
    symmetric,
    `${head}.${forged}.${signature}`,
    await sign({ aud: portal }),
    await sign({ tid: 'f'.repeat(36) }),
    await sign({ iss: 'https://sts.windows.net/other/' }),
    await sign({ exp: claims.iat - 60 }),
    await sign({ nbf: claims.exp }),
    await sign({ oid: 'ffffffff-ffff-4fff-8fff-ffffffffffff' }),
  ];
  for (const each of bad) {
    const answer = await call(users, each);
    expect(answer.status).toBe(401);
    expect(await codeOf(answer)).toBe('InvalidAuthenticationToken');
  }
  expect((await call(users, await sign({}))).status).toBe(200);
});

test('a token of one API does not open the other', async () => {
  const answer = await call(subscriptions, token);
  expect(answer.status).toBe(401);
  expect(await codeOf(answer)).toBe('InvalidAuthenticationTokenAudience');
  expect(answer.headers.get('www-authenticate')).toContain('error="invalid_token"');
});

test('a token is over when its hour is, and when the account is disabled', async () => {
  running.clock.aheadMs = 3601_000;
  const armToken = await readerToken('https://management.azure.com/.default');
  expect((await call(users, token)).status).toBe(401);
  running.clock.aheadMs += 3601_000;
  expect(await codeOf(await call(subscriptions, armToken))).toBe('ExpiredAuthenticationToken');
  running.clock.aheadMs = 0;
  const { body } = await tokensOf(running, 'cy.tran@contoso.example');
  expect((await call('/oidc/userinfo', body.access_token)).status).toBe(200);
  const cy = running.emulator.world.state.users.find((user) => user.userPrincipalName.startsWith('cy.'));
  if (cy) cy.accountEnabled = false;
  expect((await call('/oidc/userinfo', body.access_token)).status).toBe(401);
});

test('a body that is not JSON, or over 1 MB, is refused in the shape of the API', async () => {
  const path = '/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
  const json = { 'content-type': 'application/json' };
  const broken = await call(path, token, { method: 'POST', headers: json, body: '{"a":' });
  expect([broken.status, await codeOf(broken)]).toEqual([400, 'BadRequest']);
  const large = await call(path, token, {
    method: 'POST',
    headers: json,
    body: `"${'x'.repeat(1024 * 1024)}"`,
  });
  expect(large.status).toBe(413);
  expect((await call('/v1.0/users/%zz', token)).status).toBe(400);
});

test('what nobody foresaw is a 500 in the shape of the API, and the next call is served', async () => {
  const { world } = running.emulator;
  const whole = world.state;
  world.state = { ...whole, schedules: 0 as never, requests: 0 as never };
  const answer = await call(users, token);
  world.state = whole;
  expect([answer.status, await codeOf(answer)]).toEqual([500, 'InternalServerError']);
  expect((await call(users, token)).status).toBe(200);
});

async function ask(rule: object): Promise<Response> {
  return fetch(`${running.emulator.httpOrigin}/_emulator/faults`, {
    method: 'POST',
    body: JSON.stringify(rule),
  });
}

test('a fault strikes the calls it names, as often as it says, and is told in the journal', async () => {
  await ask({ match: '/v1\\.0/us.rs', method: 'GET', status: 429, retryAfter: 7, times: 1 });
  const struck = await call(users, token, { headers: { 'client-request-id': 'struck' } });
  expect([struck.status, struck.headers.get('retry-after')]).toEqual([429, '7']);
  expect(await codeOf(struck)).toBe('TooManyRequests');
  expect((await call(users, token)).status).toBe(200);
  const told = await fetch(`${running.emulator.httpOrigin}/_emulator/journal?since=0`);
  const entries = (await told.json()) as {
    clientRequestId: string;
    status: number;
    method: string;
    path: string;
  }[];
  expect(entries.find((entry) => entry.clientRequestId === 'struck')).toMatchObject({
    method: 'GET',
    path: '/v1.0/users',
    status: 429,
  });
});

test('a broken answer, a reset and a refusal after the effect each look like that', async () => {
  await ask([{ match: '/v1.0/users', kind: 'brokenJson', times: 1 }]);
  const broken = await call(users, token);
  expect(broken.status).toBe(200);
  await expect(broken.json()).rejects.toThrow(SyntaxError);
  const proxy = { body: '<html></html>', contentType: 'text/html' };
  await ask([{ match: '/v1.0/users', kind: 'body', ...proxy, times: 1 }]);
  const page = await call(users, token);
  expect([page.status, page.headers.get('content-type'), await page.text()]).toEqual([
    200,
    proxy.contentType,
    proxy.body,
  ]);
  await ask({ rules: [{ match: '/v1.0/users', kind: 'reset', times: 1 }] });
  await expect(call(users, token)).rejects.toThrow('fetch failed');
  const { world } = running.emulator;
  const before = world.state.signIns.length;
  await ask({ match: '/oauth2/v2.0/token', status: 503, afterEffect: true, times: 1 });
  await expect(readerToken('https://graph.microsoft.com/.default')).resolves.toBeUndefined();
  expect(world.state.signIns.length).toBe(before);
});
