import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askToken, reader, signIn, tokensOf } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';

let running: Running;
beforeAll(async () => {
  running = await startForTest();
});
afterAll(() => running.end());

/** Plain node:http, because fetch sets some of these headers itself. */
function knock(
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const url = new URL(path, running.emulator.httpOrigin);
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, async (answer) => {
      const text = (await answer.toArray()).join('');
      const isJson = answer.headers['content-type']?.startsWith('application/json');
      resolve({ status: answer.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

test('the clock moves PIM objects and leaves token times alone', async () => {
  const before = Date.parse(String((await knock('GET', '/_emulator/clock').then(bodyOf)).now));
  const moved = await knock('POST', '/_emulator/clock', '{"advanceSeconds":86400}').then(bodyOf);
  expect(moved.offsetSeconds).toBe(86_400);
  expect(Date.parse(String(moved.now)) - before).toBeGreaterThanOrEqual(86_400_000);
  const { status } = await tokensOf(running, 'ada.lind@contoso.example');
  expect(status).toBe(200);
});

function bodyOf(answer: { body: unknown }): Record<string, unknown> {
  return answer.body as Record<string, unknown>;
}

test('reset brings back the seed and the clock, ends sign-ins and revokes what was issued', async () => {
  const { body } = await tokensOf(running, 'ada.lind@contoso.example');
  const { world } = running.emulator;
  const schedules = world.state.schedules.length;
  world.state.schedules.pop();
  await knock('POST', '/_emulator/clock', '{"advanceSeconds":60}');
  const answer = await knock('POST', '/_emulator/reset');
  expect(answer).toMatchObject({ status: 200, body: { offsetSeconds: 0 } });
  expect(world.state.signIns).toEqual([]);
  expect(world.state.schedules.length).toBe(schedules);
  const again = await askToken(running, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
  expect(again.body).toMatchObject({ error: 'invalid_grant', error_codes: [50173] });
  expect((await signIn(running, 'ada.lind@contoso.example')).searchParams.get('code')).toBeTruthy();
});

test('reset keeps the clock where it is told to, and what has ended by then is over', async () => {
  await knock('POST', '/_emulator/clock', '{"advanceSeconds":7200}');
  const answer = await knock('POST', '/_emulator/reset', '{"keepClock":true}');
  expect(answer).toMatchObject({ status: 200, body: { offsetSeconds: 7200 } });
  expect((await knock('POST', '/_emulator/reset', '[]')).status).toBe(400);
  expect(await knock('POST', '/_emulator/reset')).toMatchObject({ body: { offsetSeconds: 0 } });
});

test('assignments are told flat, with names, and only while they hold', async () => {
  const { world } = running.emulator;
  const list = bodyOf(await knock('GET', '/_emulator/assignments')) as unknown as {
    principalName: string;
    kind: string;
  }[];
  expect(list.length).toBeGreaterThan(12);
  expect(list.filter(({ principalName }) => principalName === '')).toEqual([]);
  const seen = list.length;
  const one = world.state.schedules.find(
    (schedule) => schedule.endAt === null && schedule.startAt <= world.now(),
  );
  if (one) one.visibleFrom = world.now() + 3_600_000;
  const later = bodyOf(await knock('GET', '/_emulator/assignments')) as unknown as unknown[];
  expect(later.length).toBe(seen - 1);
});

test.each([
  ['/_emulator/clock', '{"advanceSeconds":-5}', 'advanceSeconds'],
  ['/_emulator/clock', '{"advanceSeconds":"60"}', 'advanceSeconds'],
  ['/_emulator/clock', 'null', 'advanceSeconds'],
  ['/_emulator/clock', '{', 'JSON'],
  ['/_emulator/latency', '[]', 'ms'],
  ['/_emulator/quotas', '{"graph":"yes"}', 'graph'],
  ['/_emulator/quotas', '{"scale":0}', 'scale'],
  ['/_emulator/consistency', '{"removal":-1}', 'removal'],
  ['/_emulator/mandatory-mfa', '{}', 'on'],
  ['/_emulator/faults', '{"status":500}', 'match'],
  ['/_emulator/faults', '{"match":"x","kind":"explode"}', 'kind'],
  ['/_emulator/faults', '{"match":"x","rate":2}', 'rate'],
])('%s refuses %s by name', async (path, body, named) => {
  const answer = await knock('POST', path, body);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(answer.body)).toContain(named);
});

test('pages of other sites and bent host names are turned away', async () => {
  const cross: Record<string, string>[] = [
    { origin: 'http://localhost:3000' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  for (const headers of cross)
    expect((await knock('POST', '/_emulator/reset', '', headers)).status).toBe(403);
  expect((await knock('POST', '/_emulator/reset', '', { host: 'evil.example:4400' })).status).toBe(421);
  const { host } = new URL(running.emulator.httpOrigin);
  expect((await knock('GET', '/_emulator/clock', '', { origin: `http://${host}` })).status).toBe(200);
});

test('quotas are enforced when asked for, in the envelope of each API, and until the reset', async () => {
  const { httpsOrigin } = running.emulator;
  const asReader = { grant_type: 'client_credentials', client_id: reader, client_secret: 'reader-secret' };
  const calls = async (audience: string, path: string) => {
    const { body } = await askToken(running, { ...asReader, scope: `${audience}/.default` });
    const headers = { authorization: `Bearer ${body.access_token}` };
    return () => fetch(httpsOrigin + path, { headers });
  };
  const arm = await calls('https://management.azure.com', '/subscriptions?api-version=2022-12-01');
  const graph = await calls('https://graph.microsoft.com', '/v1.0/users?$top=30');
  const set = await knock('POST', '/_emulator/quotas', '{"graph":true,"arm":true,"scale":0.001}');
  expect(set.body).toEqual({ graph: true, arm: true, scale: 0.001 });
  for (const call of [arm, graph]) await call();
  const last = await arm();
  expect([last.status, Number(last.headers.get('retry-after')) > 0]).toEqual([429, true]);
  expect(await last.json()).toEqual({
    error: { code: 'TenantRequestsThrottled', message: expect.stringContaining('try again after') },
  });
  expect(
    await (await graph().then(async (answer) => (answer.status === 429 ? answer : graph()))).json(),
  ).toMatchObject({
    error: { code: 'TooManyRequests', innerError: { 'request-id': expect.any(String) } },
  });
  await knock('POST', '/_emulator/reset');
  expect((await arm()).status).toBe(200);
});

test('each delay can be set on its own and is told with the others', async () => {
  await knock('POST', '/_emulator/consistency', '{"removal":30000}');
  const told = await knock('POST', '/_emulator/consistency', '{"activation":5000}');
  expect(told.body).toEqual({
    activation: 5000,
    removal: 30_000,
    group: 0,
    principal: 0,
    request: 0,
    access: 0,
  });
  await knock('POST', '/_emulator/reset');
  expect((await knock('GET', '/_emulator/consistency')).body).toMatchObject({ removal: 0 });
});

test('the archive tells, line by line, what the audit log has forgotten', async () => {
  const { body } = await knock('GET', '/_emulator/audit-archive');
  const lines = String(body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const { now } = bodyOf(await knock('GET', '/_emulator/clock'));
  // The oldest is four months old: longer than anybody's “not for ninety days”.
  expect(Date.parse(String(now)) - Date.parse(lines[0].time)).toBeGreaterThan(119 * 86_400_000);
  for (const { time, category, properties } of lines) {
    expect(Date.parse(time)).toBeLessThan(Date.parse(String(now)) - 30 * 86_400_000);
    expect(category).toBe('AuditLogs');
    expect(properties.activityDateTime).toBe(time);
  }
  expect(lines.map(({ operationName }) => operationName)).toContain(
    'Add member to role completed (PIM activation)',
  );
});
