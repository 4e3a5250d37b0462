import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askToken, reader } from './entra/testing/code-flow.ts';
import { type Running, startForTest } from './entra/testing/running.ts';

let running: Running;
let token: string;
beforeAll(async () => {
  running = await startForTest();
  token = await readerToken();
});
afterEach(async () => {
  await fetch(`${running.emulator.httpOrigin}/_emulator/faults`, { method: 'DELETE' });
});
afterAll(() => running.end());

async function readerToken(): Promise<string> {
  const fields = { grant_type: 'client_credentials', client_id: reader, client_secret: 'reader-secret' };
  const scope = 'https://management.azure.com/.default';
  return (await askToken(running, { ...fields, scope })).body.access_token;
}

async function ask(rule: object): Promise<void> {
  const body = JSON.stringify(rule);
  const answer = await fetch(`${running.emulator.httpOrigin}/_emulator/faults`, { method: 'POST', body });
  expect(answer.status).toBe(200);
}

const path = '/subscriptions?api-version=2022-12-01';
function call(init: RequestInit = {}): Promise<Response> {
  return fetch(running.emulator.httpsOrigin + path, {
    ...init,
    headers: { authorization: `Bearer ${token}` },
  });
}

test.each([429, 500, 502, 503, 504])('%i comes with and without Retry-After', async (status) => {
  await ask([
    { match: '/subscriptions', status, retryAfter: 3, times: 1 },
    { match: '/subscriptions', status, times: 1 },
  ]);
  const told = await call();
  expect([told.status, told.headers.get('retry-after')]).toEqual([status, '3']);
  expect(await told.json()).toMatchObject({ error: { code: expect.any(String) } });
  const untold = await call();
  expect([untold.status, untold.headers.get('retry-after')]).toEqual([status, null]);
  expect((await call()).status).toBe(200);
});

test('a rate strikes some calls and spares others; none and all are exact', async () => {
  const struck = async (rate: number) => {
    await ask({ match: '/subscriptions', status: 500, rate });
    const answers = await Promise.all(Array.from({ length: 120 }, () => call()));
    await fetch(`${running.emulator.httpOrigin}/_emulator/faults`, { method: 'DELETE' });
    return answers.filter(({ status }) => status === 500).length;
  };
  expect([await struck(0), await struck(1)]).toEqual([0, 120]);
  const half = await struck(0.5);
  expect(half).toBeGreaterThan(20);
  expect(half).toBeLessThan(100);
});

test('a reset in the middle brings a status and half a body', async () => {
  await ask({ match: '/subscriptions', kind: 'reset', midBody: true, times: 1 });
  const answer = await call();
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow('terminated');
});

/** A call that must still be waiting after others were served, then given up. */
async function staysUnanswered(asked: (signal: AbortSignal) => Promise<Response>): Promise<void> {
  const patience = new AbortController();
  const waiting = asked(patience.signal).then(
    () => 'answered',
    () => 'given up',
  );
  for (let count = 0; count < 20; count += 1) {
    await fetch(`${running.emulator.httpOrigin}/_emulator/clock`);
  }
  patience.abort();
  expect(await waiting).toBe('given up');
}

test('a time-out never answers, before the effect or after it', async () => {
  const match = '/subscriptions';
  await ask([
    { match, kind: 'timeout', times: 1 },
    { match, kind: 'timeout', afterEffect: true, times: 1 },
  ]);
  await staysUnanswered((signal) => call({ signal }));
  await staysUnanswered((signal) => call({ signal }));
  expect((await call()).status).toBe(200);
});

test('latency holds every call of the HTTPS port back, and zero lifts it', async () => {
  const set = (ms: number) =>
    fetch(`${running.emulator.httpOrigin}/_emulator/latency`, {
      method: 'POST',
      body: JSON.stringify({ ms }),
    });
  await set(600_000);
  await staysUnanswered((signal) => call({ signal }));
  await set(0);
  expect((await call()).status).toBe(200);
});
