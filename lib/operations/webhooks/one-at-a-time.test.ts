/** An endpoint that hangs holds one worker at the most: what is for others goes out meanwhile, and what is for it, after. */
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { webhookEndpoints } from '#db/schema/deliveries.ts';
import { webhookCaller } from '#lib/notify/webhook.ts';
import { asJob } from '#lib/operations/context.ts';
import { deliver } from '#lib/operations/letters/deliver.ts';
import { type LettersBench, openLetters } from '#lib/operations/letters/testing.ts';
import { send } from './publish.ts';

const withinMs = 1_500;
const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const callWebhook = webhookCaller(() => secret, { hosts: [], sandbox: true }, withinMs);
const hanging = new Set<ServerResponse>();
let heard: string[] = [];
let hangs = true;
let mostAtOnce = 0;
const server = createServer((request, response) => {
  heard.push(request.url ?? '');
  if (!request.url?.startsWith('/hangs') || !hangs) return void response.end('ok');
  hanging.add(response);
  mostAtOnce = Math.max(mostAtOnce, hanging.size);
  response.on('close', () => hanging.delete(response));
});
let origin = '';
let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
});
beforeEach(async () => {
  await bench.reset();
  heard = [];
  hangs = true;
  mostAtOnce = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await bench.close();
});

async function endpoint(path: string): Promise<string> {
  const id = randomUUID();
  await db()
    .insert(webhookEndpoints)
    .values({
      ...{ id, name: path, url: `${origin}${path}`, events: [], sendsReasons: false, enabled: true },
      ...{ sealedSecret: Buffer.alloc(1), changedAt: new Date(), changedByName: 'Mira Novak' },
    });
  return id;
}
const tells = (...ids: string[]) =>
  transaction((tx) =>
    send(tx, { id: randomUUID(), type: 'webhook.test', data: {}, happenedAt: new Date() }, ids, null),
  );

/** So many workers take what is queued, each one after another, until nothing is. */
async function work(workers: number): Promise<void> {
  const queued = await bench.jobs();
  if (queued.length === 0) return;
  const one = async (): Promise<void> => {
    for (let job = queued.shift(); job; job = queued.shift()) {
      const id = job.data.deliveryId ?? '';
      await deliver(asJob(job.name, 'trace'), id, { channels: {}, callWebhook });
      queued.push(...(await bench.jobs()));
    }
  };
  await Promise.all(Array.from({ length: workers }, one));
}

test('while one hangs another hears of all that is for it', async () => {
  const [slow, quick] = [await endpoint('/hangs'), await endpoint('/quick')];
  for (let n = 0; n < 6; n++) await tells(slow);
  for (let n = 0; n < 6; n++) await tells(quick);
  const working = work(4);
  const until = Date.now() + withinMs;
  while (heard.filter((path) => path === '/quick').length < 6 && Date.now() < until) await pause(20);
  expect(heard.filter((path) => path === '/quick')).toHaveLength(6);
  expect(heard.filter((path) => path === '/hangs')).toHaveLength(1);
  hangs = false;
  for (const response of hanging) response.end('ok');
  await working;
  expect(mostAtOnce).toBe(1);
  expect(heard.filter((path) => path === '/hangs')).toHaveLength(6);
  expect((await bench.rows()).map(({ state }) => state)).toEqual(Array(12).fill('sent'));
});

test('what was not answered in time is tried later, and what waited behind it goes next', async () => {
  const slow = await endpoint('/hangs');
  await tells(slow);
  await tells(slow);
  await work(4);
  expect(mostAtOnce).toBe(1);
  expect((await bench.rows()).map(({ state, tries }) => [state, tries])).toEqual([
    ['failed', 1],
    ['failed', 1],
  ]);
});

test('whose sender died is told of the next after its lease', async () => {
  hangs = false;
  const slow = await endpoint('/hangs');
  await tells(slow);
  await tells(slow);
  const [first] = await bench.jobs();
  const { claim } = await import('#lib/operations/letters/claim.ts');
  expect(await claim(first?.data.deliveryId ?? '')).toHaveLength(1);
  const outlets = { channels: {}, callWebhook };
  const rest = (await bench.rows()).find(({ id }) => id !== first?.data.deliveryId);
  await deliver(asJob('deliver-webhook', 'trace'), rest?.id ?? '', outlets);
  expect(heard).toEqual([]);
  await bench.passes(3, outlets);
  await work(1);
  expect(heard).toHaveLength(2);
});
