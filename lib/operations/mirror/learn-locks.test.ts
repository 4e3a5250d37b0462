import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { mirrorLocks } from '#db/schema/locks.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Lock } from '#lib/domain/lock.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { myAccess } from '#lib/queries/my-access.ts';

const { ada } = people;
const { scopeId } = roles.cluster;
const group = scopeId.replace(/\/providers\/.*$/, '');
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await db().delete(mirrorLocks);
});

const lock = (name: string, at: string): Lock => ({ name, scopeId: at, level: 'CanNotDelete' });
const shown = async () => {
  const { eligible } = await myAccess(bench.as(ada).actor);
  return Object.fromEntries(
    eligible.flatMap(({ scopeName, locks }) =>
      locks.length > 0 ? [[scopeName, locks.map(({ name }) => name)]] : [],
    ),
  );
};

test('locks at a role’s scope and above are shown before one asks; those beside and below are not', async () => {
  bench.azure.reader.locks = async (subscription) =>
    scopeId.toLowerCase().startsWith(`${subscription}/`)
      ? [
          lock('on it', scopeId.toUpperCase()),
          lock('on its group', group),
          lock('below it', `${scopeId}/nodePools/one`),
          lock('beside it', `${scopeId}-other`),
        ]
      : [];
  await bench.reads(ada);
  expect(await shown()).toEqual({ 'aks-core': ['on it', 'on its group'] });
});

test('a subscription whose locks may not be read warns of nothing, and hides nothing else', async () => {
  bench.azure.reader.locks = async () => {
    throw new AzureFault('not_allowed', { message: 'AuthorizationFailed' });
  };
  expect(await bench.reads(ada)).toEqual([]);
  expect(await shown()).toEqual({});
  expect((await myAccess(bench.as(ada).actor)).eligible.length).toBeGreaterThan(5);
});

test('each subscription is read once in five minutes, whoever has roles there', async () => {
  const asked: string[] = [];
  bench.azure.reader.locks = async (subscription) => {
    asked.push(subscription);
    return [];
  };
  await bench.reads(ada);
  const once = asked.length;
  await bench.reads(ada);
  expect([once > 1, new Set(asked).size, asked.length]).toEqual([true, once, once]);
});
