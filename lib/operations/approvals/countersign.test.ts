import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { linkedAccounts, signatures } from '#db/schema/approvals.ts';
import { letters } from '#db/schema/letters.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { groupIsRead, ids, reading } from '#lib/operations/approval-policy/testing.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { inForce, staged, stageOf } from './testing/policy.ts';

const { ada, bo, lou } = people;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('letters linked_accounts inventory_runs');
  await bench.reads(ada);
  await reading();
  await groupIsRead();
  const excluded = [{ id: ids.group, name: 'sg-vendors' }];
  await inForce({ rules: [staged([stageOf([bo], { excluded })])] });
  id = await bench.files(ada, roles.staging);
});

/** Bo signs, and is looked at while Azure has these in the excluded group. */
async function signsWhile(isWithin: (memberId: string) => boolean): Promise<typeof signatures.$inferSelect> {
  bench.proof.isWithin = async (groupId, memberId) => groupId !== ids.group || isWithin(memberId);
  await bench.signs(bo, id);
  expect(await bench.deliver()).toEqual([]);
  const [signed] = await db().select().from(signatures);
  return signed ?? expect.fail('nothing was signed');
}

test('who is moved into an excluded group counts no more from that moment, whatever was read before', async () => {
  expect(await signsWhile((memberId) => memberId === bo.id)).toMatchObject({
    ...{ state: 'refused', failure: 'You are in sg-vendors, which is excluded, says Azure.' },
  });
  expect(await bench.status(id)).toBe('awaiting_signatures');
  // They may have pressed in a chat, and gone on.
  const told = await db().select().from(letters).where(eq(letters.kind, 'signature_refused'));
  expect(told).toMatchObject([
    { personId: bo.id, requestId: id, facts: { text: expect.stringContaining('sg-vendors') } },
  ]);
});

test('nor whose other account is', async () => {
  const link = { ownerId: bo.id, linkedAt: new Date(), linkedByName: 'Mira Novak' };
  const accounts = [bo, lou].map(({ id: accountId, name: accountName }) => ({ accountId, accountName }));
  await db()
    .insert(linkedAccounts)
    .values(accounts.map((account) => ({ ...account, ...link })));
  expect(await signsWhile((memberId) => memberId === lou.id)).toMatchObject({ state: 'refused' });
});

test('nor anybody while Azure does not tell who is in it', async () => {
  const untold = () => {
    throw new AzureFault('not_allowed', { message: 'hidden membership' });
  };
  expect(await signsWhile(untold)).toMatchObject({ state: 'refused' });
});

test('who is in none of them counts', async () => {
  expect(await signsWhile(() => false)).toMatchObject({ state: 'recorded' });
  expect(await bench.status(id)).toBe('approved');
});
