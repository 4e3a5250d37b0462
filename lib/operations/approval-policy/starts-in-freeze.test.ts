import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { approvalPolicies } from '#db/schema/approvals.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { testFreeze } from '#lib/domain/approval-testing.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { inForce } from '#lib/operations/approvals/testing/policy.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { startsInFreeze } from './starts-in-freeze.ts';
import { administrator, strangers } from './testing.ts';

const { ada } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await db().delete(approvalPolicies);
  await bench.reads(ada);
});

const inMinutes = (minutes: number) => plusMinutes(bench.now(), minutes);
const scheduled = async (role: (typeof roles)[keyof typeof roles], startsAt: Date) => {
  const id = await bench.files(ada, role, { startsAt });
  await bench.deliver();
  expect(await bench.status(id)).toBe('scheduled');
  return id;
};
const freezes = (facts: Partial<ReturnType<typeof testFreeze>> = {}) =>
  inForce({
    freezes: [
      testFreeze(1, {
        ...{ name: 'Release', from: inMinutes(60).toISOString(), until: inMinutes(180).toISOString() },
        ...facts,
      }),
    ],
  });
const listed = async () => (await startsInFreeze(administrator.actor)).map(({ requestId }) => requestId);

test('what was scheduled before a freeze was written is listed, the soonest first; what begins outside it is not', async () => {
  const later = await scheduled(roles.staging, inMinutes(150));
  const sooner = await scheduled(roles.machines, inMinutes(90));
  await scheduled(roles.onCall, inMinutes(240));
  expect(await listed()).toEqual([]);
  await freezes();
  expect(await listed()).toEqual([sooner, later]);
  const [first] = await startsInFreeze(administrator.actor);
  expect(first).toMatchObject({ requesterName: ada.name, freezeName: 'Release', startsAt: expect.any(Date) });
});

test('what the freeze is not about, or whom it lets pass, is not listed', async () => {
  await scheduled(roles.staging, inMinutes(90));
  await freezes({ except: [{ id: ada.id, name: ada.name }] });
  expect(await listed()).toEqual([]);
  await freezes({ when: { ...testFreeze(1).when, planes: ['entra'] } });
  expect(await listed()).toEqual([]);
  await freezes();
  expect(await listed()).toHaveLength(1);
});

test('is nobody’s to read who does not administer Stint', async () => {
  for (const { actor } of strangers)
    await expect(startsInFreeze(actor)).rejects.toMatchObject({ code: 'not_found' });
});
