import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { roleSpeeds } from '#db/schema/speeds.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { end } from '#lib/operations/requests/end.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { askProbe } from './ask-probe.ts';

const { ada, bo } = people;
const role = roles.staging;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const asksAgain = (id: string, who = ada) => askProbe(bench.as(who), id, bench.seal(who));
const probes = (id: string) =>
  bench.run({ name: 'probe', data: { requestId: id, tries: 1, traceId: 'trace' } });

describe('finding out whether access works', () => {
  test('it is on record when it does, and the token is gone', async () => {
    const id = await bench.holds(ada, role);
    const request = await bench.request(id);
    expect(request).toMatchObject({ status: 'active', probe: null, usableAt: expect.any(Date) });
    expect(await bench.found(id)).toHaveLength(1);
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('active is not usable: it is asked for again until Azure lets the person', async () => {
    bench.azure.delayWorking(90_000);
    const id = await bench.holds(ada, role);
    expect(await bench.request(id)).toMatchObject({ status: 'active', probe: 'trying', usableAt: null });
    expect(await bench.tokensOf(id)).toBe(1);
    await bench.advance(2);
    await probes(id);
    expect(await bench.request(id)).toMatchObject({ probe: null, usableAt: expect.any(Date) });
    const [entry] = await bench.found(id);
    expect(entry).toMatchObject({ actorKind: 'stint', actorId: 'probe' });
    expect(Number(entry?.details.msAfterActive)).toBeGreaterThan(60_000);
  });

  test('what never works is called late, not usable, and nobody goes on asking', async () => {
    bench.azure.delayWorking(3_600_000);
    const id = await bench.holds(ada, role);
    await bench.advance(16);
    await probes(id);
    expect(await bench.request(id)).toMatchObject({ probe: 'late', usableAt: null });
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('without the person’s token nothing is claimed', async () => {
    bench.azure.delayWorking(60_000);
    const id = await bench.holds(ada, role);
    await bench.loseToken(id);
    await bench.advance(2);
    await probes(id);
    expect(await bench.request(id)).toMatchObject({ probe: null, usableAt: null });
  });

  test('the person looks at the page later, and it is found out with a fresh token', async () => {
    bench.azure.delayWorking(60_000);
    const id = await bench.holds(ada, role);
    await bench.loseToken(id);
    await bench.advance(20);
    await asksAgain(id);
    expect((await bench.request(id)).probe).toBe('trying');
    await bench.deliver();
    expect((await bench.request(id)).usableAt).not.toBeNull();
  });

  test('a busy Azure is asked again later, one that does not tell is not', async () => {
    bench.azure.failNext('works', new AzureFault('busy', { message: 'later', retryAfterSeconds: 20 }));
    const id = await bench.holds(ada, role);
    expect((await bench.request(id)).probe).toBe('trying');
    bench.azure.failNext('works', new AzureFault('unrecognised', { message: 'what?' }));
    await probes(id);
    expect(await bench.request(id)).toMatchObject({ probe: 'cannot_tell', usableAt: null, status: 'active' });
  });

  test('somebody else cannot have it asked, and nobody what is over', async () => {
    const id = await bench.holds(ada, role);
    await expect(asksAgain(id, bo)).rejects.toMatchObject({ code: 'not_found' });
    await bench.pass(61, 30);
    await expect(asksAgain(id)).rejects.toMatchObject({ code: 'not_active' });
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('two probes at once leave one entry', async () => {
    bench.azure.delayWorking(60_000);
    const id = await bench.holds(ada, role);
    await bench.advance(2);
    await Promise.allSettled([probes(id), probes(id), probes(id)]);
    expect(await bench.found(id)).toHaveLength(1);
  });

  test('a person who ends it meanwhile keeps the token that ends it', async () => {
    bench.azure.delayWorking(60_000);
    const id = await bench.holds(ada, role);
    await bench.pass(6, 6);
    await Promise.allSettled([end(bench.as(ada), id, bench.seal(ada)), probes(id)]);
    expect(await bench.status(id)).toBe('ending');
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
  });

  test('an end that was planned keeps its token, whatever the probe finds before it', async () => {
    bench.azure.delayWorking(60_000);
    const id = await bench.holds(ada, role);
    await bench.advance(2);
    await end(bench.as(ada), id, bench.seal(ada), { soonest: true });
    await probes(id);
    expect(await bench.request(id)).toMatchObject({ usableAt: expect.any(Date), endAfter: expect.any(Date) });
    expect(await bench.tokensOf(id)).toBe(1);
  });

  test('an end that is planned in the very moment of the probe keeps its token too', async () => {
    bench.azure.delayWorking(60_000);
    const id = await bench.holds(ada, role);
    await bench.advance(2);
    await Promise.allSettled([end(bench.as(ada), id, bench.seal(ada), { soonest: true }), probes(id)]);
    expect((await bench.request(id)).endAfter).not.toBeNull();
    expect(await bench.tokensOf(id)).toBe(1);
  });
});

test('how long a role takes is learned here, for the role, and for the plane', async () => {
  await db().delete(roleSpeeds);
  for (let round = 0; round < 3; round++) {
    bench.azure.delayWorking(30_000);
    const id = await bench.holds(ada, role);
    await bench.advance(1);
    await probes(id);
    await bench.pass(62, 31);
    expect(await bench.status(id)).toBe('ended');
  }
  const of = async (roleId: string, scopeId: string) =>
    (
      await db()
        .select()
        .from(roleSpeeds)
        .where(
          and(
            eq(roleSpeeds.plane, role.plane),
            eq(roleSpeeds.roleId, roleId),
            eq(roleSpeeds.scopeId, scopeId),
          ),
        )
    )[0];
  const here = await of(role.roleId, role.scopeId);
  expect(here).toMatchObject({ activeCount: 3, usableCount: 3 });
  expect(here?.usableP50).toBeGreaterThanOrEqual(60);
  expect(here?.usableP95).toBeGreaterThanOrEqual(here?.usableP50 ?? Number.NaN);
  expect(await of(role.roleId, '')).toMatchObject({ usableCount: 3 });
  expect(await of('', '')).toMatchObject({ usableCount: 3 });
  expect(await db().$count(requests)).toBe(3);
});
