import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Reach } from '#lib/outbound/address.ts';
import { webhookCaller } from './webhook.ts';
import { faultOfEndpoint } from './webhook-address.ts';

const secrets: Record<string, string> = {
  a: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
  b: `whsec_${Buffer.alloc(32, 2).toString('base64')}`,
};
const open = (_endpointId: string, sealed: Buffer) => secrets[sealed.toString()] ?? '';
const sandbox: Reach = { hosts: [], sandbox: true };
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  asked.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
  if (status === 0) return;
  response.writeHead(status, { location: `${origin}/elsewhere`, 'retry-after': '7' }).end('ok');
});
let origin = '';
let status = 200;
let asked: { headers: IncomingHttpHeaders; body: string }[] = [];

beforeAll(async () => {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  status = 200;
  asked = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const calls = (of = ['a'], reach = sandbox) =>
  webhookCaller(
    open,
    reach,
    500,
  )({
    ...{ id: 'event-1', url: `${origin}/hook`, body: '{"type":"request.approved"}' },
    sealedSecrets: of.map((name) => ({ endpointId: 'e', sealed: Buffer.from(name) })),
  });
const headersOf = ({ headers }: { headers: IncomingHttpHeaders }) => headers as Record<string, string>;

test('a call verifies by Standard Webhooks, and under another secret or another byte does not', async () => {
  await calls();
  const [call] = asked;
  if (!call) throw new Error('nothing came');
  expect(new Webhook(secrets.a ?? '').verify(call.body, headersOf(call))).toEqual({
    type: 'request.approved',
  });
  expect(() => new Webhook(secrets.b ?? '').verify(call.body, headersOf(call))).toThrow();
  expect(() => new Webhook(secrets.a ?? '').verify(`${call.body} `, headersOf(call))).toThrow();
  expect(call.headers['webhook-id']).toBe('event-1');
});

test('while a secret is being replaced, both hold', async () => {
  await calls(['a', 'b']);
  const [call] = asked;
  if (!call) throw new Error('nothing came');
  for (const secret of Object.values(secrets)) new Webhook(secret).verify(call.body, headersOf(call));
});

test.each([
  [301, 'unreachable'],
  [308, 'unreachable'],
  [400, 'unreachable'],
  [410, 'gone'],
  [500, 'unreachable'],
  [0, 'unreachable'],
])('an answer of %i is %s, and nothing is followed', async (answer, kind) => {
  status = answer;
  await expect(calls()).rejects.toMatchObject({ kind });
  expect(asked).toHaveLength(1);
});

test('who is busy says when to come again', async () => {
  status = 429;
  await expect(calls()).rejects.toMatchObject({ kind: 'busy', retryAfterSeconds: 7 });
});

test.each([
  ['https://169.254.169.254/metadata', false],
  ['https://10.1.2.3/', false],
  ['https://[::1]/', false],
  ['http://hooks.example.com/', false],
  ['https://hooks.example.com/', true],
  ['https://10.9.9.9/', true],
])('of %s it is known before anything is sent whether it may be called: %s', (address, may) => {
  const reach = { hosts: ['10.9.9.9'], sandbox: false };
  expect(faultOfEndpoint(new URL(address), reach) === null).toBe(may);
});

test('outside the sandbox this machine is not called', async () => {
  await expect(calls(['a'], { hosts: [], sandbox: false })).rejects.toMatchObject({ kind: 'refused' });
  expect(asked).toEqual([]);
});
