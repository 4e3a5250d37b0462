import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { letters } from '#db/schema/letters.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { nudge } from './nudge.ts';

const { ada, bo, cy, petra, lou } = people;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
  id = await bench.files(ada, roles.cluster);
  await bench.deliver();
});

const nudges = (person = ada) => nudge(bench.as(person), id);
const told = async (kind: string) =>
  (await db().select().from(letters).orderBy(letters.writtenAt, letters.personId))
    .filter((letter) => letter.kind === kind)
    .map(({ personId }) => personId);
const asked = [bo.id, cy.id, petra.id].toSorted();

test('who waits for PIM nudges those whom PIM asks, once an hour', async () => {
  await nudges();
  expect(await told('nudge')).toEqual(asked);
  expect((await bench.audit(id)).at(-1)).toMatchObject({ action: 'request.nudged', actorId: ada.id });
  await expect(nudges()).rejects.toMatchObject({ code: 'nudged_lately' });
  await bench.advance(60);
  await nudges();
  expect(await told('nudge')).toHaveLength(6);
});

test('nudged twice at once is nudged once', async () => {
  const tries = await Promise.allSettled([nudges(), nudges(), nudges()]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await told('nudge')).toEqual(asked);
});

test('nobody else nudges, and only until somebody decides', async () => {
  for (const person of [bo, lou]) await expect(nudges(person)).rejects.toMatchObject({ code: 'not_found' });
  await bench.decides(bo, id, true);
  await expect(nudges()).rejects.toMatchObject({ code: 'nobody_to_nudge' });
  await bench.deliver();
  await expect(nudges()).rejects.toMatchObject({ code: 'not_pending' });
});

test('whom PIM asks is reminded after four hours and after twenty, on record', async () => {
  await bench.pass(3 * 60 + 58, 119);
  expect(await told('reminder')).toEqual([]);
  await bench.pass(4);
  expect(await told('reminder')).toEqual(asked);
  await bench.pass(17 * 60, 240);
  expect(await told('reminder')).toHaveLength(6);
  expect((await bench.actions(id)).filter((action) => action === 'reminded')).toHaveLength(2);
});
