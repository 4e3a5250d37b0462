import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { outboundChannels, webhookEndpoints, webhookEvents } from '#db/schema/deliveries.ts';
import { testTenant } from '#db/testing.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { NotifyFault } from '#lib/notify/faults.ts';
import { change } from '#lib/operations/change.ts';
import { asJob, asPerson } from '#lib/operations/context.ts';
import { type LettersBench, openLetters } from '#lib/operations/letters/testing.ts';
import { tryAgain } from '#lib/operations/letters/try-again.ts';
import { loadRequest, move } from '#lib/operations/requests/move.ts';
import { removeEndpoint } from './remove-endpoint.ts';
import { rotateSecret } from './rotate-secret.ts';
import { type EndpointFacts, saveEndpoint } from './save-endpoint.ts';
import { switchEndpoint } from './switch-endpoint.ts';
import { testEndpoint } from './test-endpoint.ts';

let bench: LettersBench;
beforeAll(async () => {
  bench = await openLetters();
});
beforeEach(async () => {
  await bench.reset();
  // Only what goes to endpoints is looked at here.
  await db().delete(outboundChannels);
});
afterAll(() => bench.close());

const seal = (endpointId: string, secret: string) => Buffer.from(`${endpointId} ${secret}`);
const as = (id: string, ...roles: AppRole[]) =>
  asPerson({ tenantId: testTenant, objectId: id, name: id, upn: `${id}@contoso.example`, roles }, 'trace');
const mira = as('mira', 'Stint.Administrator');
const facts: EndpointFacts = {
  ...{ name: 'Hooks', url: 'https://hooks.example.com/stint', sendsReasons: false },
  events: ['request.denied', 'request.lapsed'],
};
const faultOfAddress = ({ hostname }: URL) => (hostname === '10.0.0.1' ? 'That is an inner address.' : null);
const adds = (also: Partial<EndpointFacts> = {}) =>
  saveEndpoint(mira, { id: null, version: 0, facts: { ...facts, ...also } }, seal, faultOfAddress);

async function denies(): Promise<string> {
  const id = await bench.request('awaiting_approval');
  await change(
    asJob('look', 'trace'),
    (tx) => loadRequest(tx, id),
    async (tx, seen) => {
      if (!seen) throw new Error('no request');
      return move(tx, seen, 'denied', {}, 'request.denied');
    },
  );
  return id;
}
const bodies = () => bench.called.map(({ body }) => JSON.parse(body));
const entriesOf = async (subjectId: string) =>
  (
    await db()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, subjectId))
      .orderBy(auditEntries.seq)
  ).map(({ action }) => action);

describe('an event', () => {
  test('goes to who chose it, once, however often its job comes; and to nobody else', async () => {
    await adds();
    await adds({ name: 'Others', events: ['request.activated'] });
    const requestId = await denies();
    await bench.works(3);
    expect(bodies()).toMatchObject([
      { type: 'request.denied', data: { requestId, status: 'denied', requester: { id: 'ada' }, by: null } },
    ]);
  });

  test('is told without what people wrote, unless that was ticked', async () => {
    await adds();
    await adds({ name: 'Others', sendsReasons: true });
    await denies();
    await bench.works();
    const reasons = bodies().map(({ data }) => data.justification ?? null);
    expect(reasons.toSorted()).toEqual(['A disk is full', null]);
  });

  test('that is undone with its change is never told', async () => {
    await adds();
    const id = await bench.request('awaiting_approval');
    const undone = change(
      asJob('look', 'trace'),
      (tx) => loadRequest(tx, id),
      async () => ({
        value: null,
        entries: [{ action: 'request.denied', subject: { kind: 'request', id: 'none' }, details: {} }],
      }),
    );
    await expect(undone).rejects.toThrow();
    expect([await bench.jobs(), await db().$count(webhookEvents)]).toEqual([[], 0]);
  });

  test('stays under 20 KB with the longest texts there can be', async () => {
    await adds({ sendsReasons: true });
    await bench.request('denied');
    await db().execute(
      `update requests set justification = repeat('漢', 500), role_name = repeat('漢', 256),
       scope_name = repeat('漢', 256), ticket_number = repeat('漢', 100), requester_name = repeat('漢', 256)`,
    );
    await denies();
    await bench.works();
    for (const { body } of bench.called) expect(Buffer.byteLength(body)).toBeLessThan(20_000);
  });
});

describe('an endpoint', () => {
  test('has a secret of 32 bytes that is answered once and kept sealed', async () => {
    const { id, secret } = await adds();
    expect(Buffer.from(secret?.replace('whsec_', '') ?? '', 'base64')).toHaveLength(32);
    const [row] = await db().select().from(webhookEndpoints);
    expect(row?.sealedSecret).toEqual(seal(id, secret ?? ''));
    expect(await saveEndpoint(mira, { id, version: 1, facts }, seal, faultOfAddress)).toEqual({
      id,
      secret: null,
    });
    expect(JSON.stringify(await db().select().from(auditEntries))).not.toContain(secret);
    expect(await entriesOf(id)).toEqual(['webhook.added', 'webhook.changed']);
  });

  test('signs with both secrets for a day after a new one was made', async () => {
    const { id } = await adds();
    const before = (await db().select().from(webhookEndpoints))[0]?.sealedSecret;
    const secret = await rotateSecret(mira, { endpointId: id, version: 1 }, seal);
    await denies();
    await bench.works();
    const sealed = () => bench.called.at(-1)?.sealedSecrets.map((one) => one.sealed.toString());
    expect(sealed()).toEqual([seal(id, secret).toString(), before?.toString()]);
    await bench.passes(24 * 60 + 1);
    await denies();
    await bench.works();
    expect(sealed()).toEqual([seal(id, secret).toString()]);
    expect(await entriesOf(id)).toEqual(['webhook.added', 'webhook.secret_rotated']);
  });

  test('that says it is gone is switched off, on record, and told nothing more until it is switched on', async () => {
    const { id } = await adds();
    bench.fault = new NotifyFault('gone', 'It answered 410.');
    await denies();
    await bench.works();
    bench.fault = null;
    await denies();
    await bench.works();
    expect([bench.called, (await bench.rows()).map(({ state }) => state)]).toEqual([[], ['dead']]);
    await switchEndpoint(mira, { endpointId: id, on: true });
    expect(await entriesOf(id)).toEqual(['webhook.added', 'webhook.switched_off', 'webhook.switched_on']);
    await denies();
    await bench.works();
    expect(bench.called).toHaveLength(1);
  });

  test('whose address is none that Stint calls is not kept; where that shows later it is not tried again, and on record once', async () => {
    await expect(adds({ url: 'https://10.0.0.1/hook' })).rejects.toMatchObject({
      ...{ code: 'malformed', field: 'url', message: 'That is an inner address.' },
    });
    const { id } = await adds();
    bench.fault = new NotifyFault('refused', 'Its address is not one that Stint calls.');
    for (let n = 0; n < 2; n++) {
      await denies();
      await bench.works();
    }
    expect((await bench.rows()).map(({ state }) => state)).toEqual(['dead', 'dead']);
    expect(await entriesOf(id)).toEqual(['webhook.added', 'webhook.address_refused']);
    await saveEndpoint(mira, { id, version: 1, facts }, seal, faultOfAddress);
    await denies();
    await bench.works();
    expect((await entriesOf(id)).slice(2)).toEqual(['webhook.changed', 'webhook.address_refused']);
  });

  test('is tried with an event about nothing', async () => {
    const { id } = await adds();
    await testEndpoint(mira, id);
    await bench.works();
    expect(bodies()).toMatchObject([{ type: 'webhook.test', data: { by: { name: 'mira' } } }]);
    await switchEndpoint(mira, { endpointId: id, on: false });
    await expect(testEndpoint(mira, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('is removed once it is switched off, by one of ten at once; what waited for it does not arrive', async () => {
    const { id } = await adds();
    const remove = (version: number) => removeEndpoint(mira, { endpointId: id, version });
    await expect(remove(1)).rejects.toMatchObject({ code: 'conflict', message: /Switch it off first/ });
    await denies();
    await switchEndpoint(mira, { endpointId: id, on: false });
    await expect(remove(1)).rejects.toMatchObject({ code: 'conflict' });
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => remove(2)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await bench.works();
    expect([bench.called, (await bench.rows()).map(({ state }) => state)]).toEqual([[], ['dead']]);
    expect((await entriesOf(id)).at(-1)).toBe('webhook.removed');
    expect(await db().$count(webhookEndpoints)).toBe(0);
  });

  test.each<[Partial<EndpointFacts>, string]>([
    [{ name: '' }, 'name'],
    [{ url: 'javascript:alert(1)' }, 'url'],
    [{ url: 'https://user:secret@hooks.example.com' }, 'url'],
    [{ url: 'hooks.example.com' }, 'url'],
    [{ url: 'http://hooks.example.com/stint' }, 'url'],
    [{ url: 'http://localhost.example.com/stint' }, 'url'],
    [{ events: [] }, 'events'],
    [{ events: ['session.started'] }, 'events'],
  ])('with %o is refused at its field', async (also, field) => {
    await expect(adds(also)).rejects.toMatchObject({ code: 'malformed', field });
  });

  test('is changed by one of ten at once', async () => {
    const { id } = await adds();
    const all = await Promise.allSettled(
      Array.from({ length: 10 }, () => saveEndpoint(mira, { id, version: 1, facts }, seal, faultOfAddress)),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('nobody but administrators touches an endpoint or a delivery, and nothing is on record then', async () => {
  const { id } = await adds();
  bench.fault = new NotifyFault('refused', 'No.');
  await denies();
  await bench.works();
  const [row] = await bench.rows();
  const before = await db().$count(auditEntries);
  for (const actor of [as('ada'), as('auden', 'Stint.Auditor'), as('rhea', 'Stint.Reviewer')]) {
    const tries = [
      () => saveEndpoint(actor, { id, version: 1, facts }, seal, faultOfAddress),
      () => saveEndpoint(actor, { id: null, version: 0, facts }, seal, faultOfAddress),
      () => rotateSecret(actor, { endpointId: id, version: 1 }, seal),
      () => switchEndpoint(actor, { endpointId: id, on: false }),
      () => removeEndpoint(actor, { endpointId: id, version: 1 }),
      () => testEndpoint(actor, id),
      () => tryAgain(actor, row?.id ?? ''),
    ];
    for (const one of tries) await expect(one()).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await db().$count(auditEntries)).toBe(before);
});

describe('trying again', () => {
  test('sends what was given up once more under the same id, once of ten that press at once', async () => {
    await adds();
    bench.fault = new NotifyFault('refused', 'No.');
    await denies();
    await bench.works();
    bench.fault = null;
    const [row] = await bench.rows();
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => tryAgain(mira, row?.id ?? '')));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await bench.works();
    expect(bench.called.map(({ id }) => id)).toEqual([row?.eventId]);
    expect(await entriesOf(row?.id ?? '')).toEqual(['delivery.tried_again']);
  });

  test('replays an event that arrived, but no letter that did', async () => {
    await adds();
    await denies();
    await bench.works();
    const [event] = await bench.rows();
    const letter = await bench.card(await bench.request('denied'));
    const of = { webhook: event?.id ?? '', slack: letter };
    await tryAgain(mira, of.webhook);
    await bench.works();
    expect(bench.called).toHaveLength(2);
    await expect(tryAgain(mira, of.slack)).rejects.toMatchObject({ code: 'conflict' });
  });
});
