import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { acceptOffer } from './accept-offer.ts';
import { offer } from './offer.ts';
import { inForce, staged, stageOf } from './testing/policy.ts';

const { ada, bo, cy } = people;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
  await inForce({ rules: [staged([stageOf([bo, cy])], { lapseMinutes: 60 })] });
  id = await bench.files(ada, roles.staging);
});

test('after its time nobody signs it, nor takes an offer, though the round that lapses it has not come', async () => {
  const less = {
    requestId: id,
    shownStage: 1,
    terms: { minutes: 15 },
    reason: 'A quarter of an hour is enough',
  };
  const offerId = await offer(bench.as(cy), { ...less, signs: true });
  await bench.advance(61);
  await expect(bench.signs(bo, id)).rejects.toMatchObject({ code: 'not_pending' });
  const taking = acceptOffer(bench.as(ada), { requestId: id, offerId });
  await expect(taking).rejects.toMatchObject({ code: 'not_pending' });
  expect(await db().select().from(signatures)).toEqual([]);
});

test('a yes that was given in time and is looked at too late makes no receipt: it lapses, once', async () => {
  await bench.signs(bo, id);
  await bench.advance(61);
  await bench.deliver();
  expect(await bench.status(id)).toBe('lapsed');
  await bench.duties();
  expect((await bench.actions(id)).slice(2)).toEqual(['signature_intended', 'lapsed']);
  expect(await db().select().from(signatures)).toMatchObject([{ state: 'lost' }]);
  const [approval] = await db().select().from(requestApprovals).where(eq(requestApprovals.requestId, id));
  expect(approval).toMatchObject({ state: 'lapsed', useBy: null });
});
