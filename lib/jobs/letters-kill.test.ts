/** An engine killed between claiming, sending and recording a letter or an event, against a mail server and an endpoint. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { played, rounds } from '#db/rounds.ts';
import { type Mailbox, openMailbox } from '#lib/notify/testing/mailbox.ts';
import { openKillLane } from './testing/kill-lane.ts';

const times = rounds({ quick: 1, full: 25 });
const hooks: string[] = [];
const endpoint = createServer((request, response) => {
  hooks.push(String(request.headers['webhook-id']));
  request.resume().on('end', () => response.writeHead(204).end());
});
let box: Mailbox;
let hook = '';

beforeAll(async () => {
  box = await openMailbox();
  await new Promise<void>((settle) => endpoint.listen(0, '127.0.0.1', settle));
  hook = `http://localhost:${(endpoint.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await box?.close();
  endpoint.closeAllConnections();
  endpoint.close();
});

const idsOf = (mails: Mailbox['mails']) =>
  mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? '');
const different = (ids: string[]) => new Set(ids).size;

test('a letter and an event whose sender is killed arrive all the same, and a second time under the same id', {
  timeout: 300_000 + times * 120_000,
}, async (context) => {
  const mail = {
    STINT_SMTP_URL: `smtp+insecure://localhost:${box.port}`,
    STINT_MAIL_FROM: 'stint@contoso.example',
  };
  const lane = await openKillLane(process.env.STINT_TEST_DATABASE_URL || null, { ...process.env, ...mail });
  const points = ['deliver:after-claim', 'deliver:after-act'] as const;
  try {
    const { id } = await lane.ask('addsEndpoint', hook);
    let told = 0;
    for (let n = 0; n < times; n++) {
      for (const point of points) {
        for (const way of ['mail', 'webhook'] as const) {
          // The clock passes the nightly reading of the tenant, which does not find him.
          await lane.ask('hasReader', 'bo');
          const before = { mails: box.mails.length, hooks: hooks.length };
          await lane.killedAt(point, () =>
            way === 'mail' ? lane.ask('tells', 'bo', `${n} ${point}`) : lane.ask('tellsEndpoint', id),
          );
          told++;
          // Whoever claimed it is waited for two minutes.
          await lane.control('clock', { advanceSeconds: 130 });
          await lane.until(async () =>
            expect(await lane.ask('deliveryStates')).toEqual(Array.from({ length: told }, () => 'sent')),
          );
          const ids = way === 'mail' ? idsOf(box.mails.slice(before.mails)) : hooks.slice(before.hooks);
          expect(different(ids), `${way} ${point}`).toBe(1);
          expect(ids.length, `${way} ${point}`).toBe(point === 'deliver:after-claim' ? 1 : 2);
        }
      }
    }
  } finally {
    await lane.close();
  }
  for (const point of points) played(context, 'K1', `kill -9 at ${point}, by mail and webhook`, times * 2);
});
