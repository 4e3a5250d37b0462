/** A letter that was held asks nobody for what is not theirs to decide any more. */
import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { linkedAccounts, stageApprovers } from '#db/schema/approvals.ts';
import { deliveries, letterPreferences, outboundChannels } from '#db/schema/deliveries.ts';
import { principals } from '#db/schema/inventory.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { usualPreferences } from '#lib/domain/delivery.ts';
import { inForce, staged, stageOf } from '#lib/operations/approvals/testing/policy.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { takeDueDeliveries } from './take-due-deliveries.ts';

const { ada, bo, cy, lou, petra } = people;
let bench: Bench<FakeAzure>;
let mailed: string[];
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('linked_accounts deliveries letter_preferences outbound_channels principals');
  mailed = [];
  const mail = {
    send: async ({ person }: { person: { id: string } }) => {
      mailed.push([bo, cy, lou, petra].find(({ id }) => id === person.id)?.name ?? person.id);
      return null;
    },
  };
  bench.outlets = { channels: { mail }, callWebhook: async () => {} };
  await db().insert(outboundChannels).values({ name: 'mail', isSetUp: true, by: 'test', seenAt: sql`now()` });
  const urgentWaits = { ...usualPreferences, urgentPasses: false };
  for (const { id, name } of [bo, cy, lou, petra]) {
    await db()
      .insert(principals)
      .values({
        ...{ id, name, mail: `${id}@contoso.example`, seenIn: randomUUID(), firstSeenAt: new Date() },
        ...{ kind: 'member', list: 'users' },
      });
    const preferences = { ...urgentWaits, digest: { every: 'day' as const, at: '08:00', day: 1 } };
    await db().insert(letterPreferences).values({ personId: id, preferences, changedAt: sql`now()` });
  }
  await bench.reads(ada);
});

async function asks(...stages: ReturnType<typeof stageOf>[]): Promise<string> {
  await inForce({ rules: [staged(stages, { lapseMinutes: 4 * 1440 })] });
  const id = await bench.files(ada, roles.staging);
  await bench.deliver();
  return id;
}
/** Until all that is held has gone out, or has not. */
async function morning(): Promise<string[]> {
  await db().update(deliveries).set({ dueAt: sql`stint_now()` }).where(eq(deliveries.state, 'waiting'));
  await takeDueDeliveries(randomUUID);
  await bench.deliver();
  return mailed.toSorted();
}
const skipped = async () =>
  (await db().select().from(deliveries)).flatMap(({ state, failure }) =>
    state === 'skipped' ? failure : [],
  );

test('who has no seat in the stage that waits by now is not asked, whoever has one is', async () => {
  const id = await asks(stageOf([bo, cy]), stageOf([bo, petra]));
  await bench.signs(cy, id);
  await bench.deliver();
  expect(mailed).toEqual([]);
  expect(await morning()).toEqual(expect.arrayContaining([petra.name]));
  expect(mailed).toContain(bo.name);
  expect(mailed).not.toContain(cy.name);
});

test('who was taken off the stage that waits is not asked any more', async () => {
  const id = await asks(stageOf([bo, cy]));
  await db()
    .delete(stageApprovers)
    .where(sql`${stageApprovers.requestId} = ${id} and ${stageApprovers.approverId} = ${cy.id}`);
  expect(await morning()).toEqual([bo.name]);
  expect(await skipped()).toEqual(['It did not wait for them any more when this could be sent.']);
});

test('who signed already, by any of their accounts, is not asked, while others still are', async () => {
  await db()
    .insert(linkedAccounts)
    .values(
      [bo, lou].map((one) => ({
        ...{ accountId: one.id, accountName: one.name, ownerId: bo.id },
        ...{ linkedAt: new Date(), linkedByName: 'Mira Novak' },
      })),
    );
  const id = await asks(stageOf([bo, lou, cy], { signatures: 2 }));
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await morning()).toEqual([cy.name]);
  expect(await skipped()).toEqual(Array(2).fill(expect.stringContaining('signed it before')));
});

test('what nobody signed yet goes to all who were asked', async () => {
  await asks(stageOf([bo, cy]), stageOf([petra]));
  expect(await morning()).toEqual([bo.name, cy.name]);
});
