import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { asJob } from '#lib/operations/context.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import type { Eligibilities } from './eligibility-gone.ts';
import { look } from './look.ts';

const { ada } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const still: Eligibilities = { shows: async () => true, isWithin: async () => true };

/** A request whose start has come and that Azure does not show; looked at a few times. */
async function startsUnseen(proof: Eligibilities): Promise<string> {
  bench.azure.delayVisibility(3_600_000);
  const id = await bench.files(ada, roles.staging, { startsAt: plusMinutes(bench.now(), 120) });
  await bench.deliver();
  expect(await bench.status(id)).toBe('scheduled');
  await bench.advance(121);
  for (let looks = 0; looks < 6; looks++) {
    const { version } = await bench.request(id);
    await look(asJob('look', 'trace'), { requestId: id, version }, bench.azure.reader, proof);
  }
  return id;
}

test('a start without the eligibility it was asked with fails, with the reason, on record', async () => {
  const asked: string[] = [];
  const id = await startsUnseen({
    ...still,
    shows: async ({ principalId, scopeId }, as) => {
      asked.push(`${principalId} ${scopeId} ${as}`);
      return false;
    },
  });
  expect(await bench.request(id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('not eligible'),
    checkAt: null,
  });
  expect((await bench.audit(id)).at(-1)).toMatchObject({
    action: 'request.failed',
    details: { recheck: 'eligibility' },
  });
  expect(new Set(asked)).toEqual(new Set([`${ada.id} ${roles.staging.scopeId} eligible`]));
});

test('with the eligibility still there it is only late, and waits', async () => {
  expect(await bench.status(await startsUnseen(still))).toBe('scheduled');
});

test('held through a group, both the group’s eligibility and being in it count', async () => {
  await db().update(mirrorEligible).set({ throughGroupId: 'some-group' });
  const left = await startsUnseen({ ...still, isWithin: async () => false });
  expect(await bench.status(left)).toBe('failed');
});

test('an Azure that does not answer says nothing about it', async () => {
  const busy = async () => {
    throw new AzureFault('busy', { message: '' });
  };
  expect(await bench.status(await startsUnseen({ shows: busy, isWithin: busy }))).toBe('scheduled');
});

test('what Azure shows active is active, whoever is eligible', async () => {
  const id = await bench.files(ada, roles.onCall, { startsAt: plusMinutes(bench.now(), 120) });
  await bench.deliver();
  await bench.advance(121);
  const { version } = await bench.request(id);
  const gone = { ...still, shows: async () => false };
  await look(asJob('look', 'trace'), { requestId: id, version }, bench.azure.reader, gone);
  expect(await bench.status(id)).toBe('active');
});
