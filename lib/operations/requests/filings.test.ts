/** Many filings at once: each accepted one is kept whole, and of identical ones only one is accepted. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { played, rounds } from '#db/rounds.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { activate } from './activate.ts';

const many = rounds({ quick: 50, full: 1000 });
const role = roles.staging;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(people.ada);
});

function files(person: Person, times = 1) {
  const asked = { key: roleKey(role), minutes: 60 };
  const submit = { roles: Array.from({ length: times }, () => asked), justification: 'A disk is full' };
  return activate(bench.as(person), { ...submit, ticketNumber: '', startsAt: null }, bench.seal(person));
}

/** Every provisioning job that was taken, by the request it is for. */
async function jobsTaken(): Promise<string[]> {
  await bench.fetchJobs();
  // A fetch takes some hundreds at once.
  for (let before = -1; before !== bench.waiting.length; await bench.fetchJobs())
    before = bench.waiting.length;
  return bench.waiting.flatMap((job) => (job.name === 'provision' ? [job.data.requestId] : []));
}

const accepted = (answers: { requestId: string | null }[]) =>
  answers.flatMap(({ requestId }) => (requestId ? [requestId] : []));

test('of different people: a row, an entry, a token’s use and a job for each, none twice', {
  timeout: 120_000,
}, async (context) => {
  const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = role;
  const everybody = Array.from({ length: many }, (_, n) => ({ id: randomUUID(), name: `Person ${n}` }));
  await db()
    .insert(mirrorEligible)
    .values(
      everybody.map(({ id }) => ({
        ...{ plane, roleId, scopeId, roleName, scopeName, scopeKind },
        principalId: id,
        eligibilityId: randomUUID(),
      })),
    );
  const before = await bench.entries();
  const answers = (await Promise.all(everybody.map((one) => files(one)))).flatMap((one) => one.answers);
  const ids = accepted(answers).toSorted();
  expect(new Set(ids).size).toBe(many);
  const rows = await db().select().from(requests);
  expect(rows.map((row) => row.id).toSorted()).toEqual(ids);
  expect(new Set(rows.map((row) => row.requesterId)).size).toBe(many);
  expect(rows.every((row) => row.status === 'filed' && row.policy !== null)).toBe(true);
  expect(await bench.entries()).toBe(before + many);
  for (const id of [ids[0], ids.at(-1)])
    expect((await bench.audit(id ?? '')).map(({ action }) => action)).toEqual(['request.filed']);
  expect((await jobsTaken()).toSorted()).toEqual(ids);
  played(context, 'L2', 'distinct filings at once', many);
});

test('of one person for one role, each its own submit: one accepted, the others told why', {
  timeout: 120_000,
}, async (context) => {
  const before = await bench.entries();
  const all = await Promise.all(Array.from({ length: many }, () => files(people.ada)));
  const answers = all.flatMap((one) => one.answers);
  const [only, ...more] = accepted(answers);
  expect(more).toEqual([]);
  expect(answers.filter(({ refusal }) => refusal?.code === 'already_live')).toHaveLength(many - 1);
  expect((await db().select().from(requests)).map((row) => row.id)).toEqual([only]);
  expect(await bench.entries()).toBe(before + 1);
  expect(await jobsTaken()).toEqual([only]);
  played(context, 'L2', 'identical filings at once', many);
});

test('of one role many times in one submit: one accepted', async () => {
  const { answers } = await files(people.ada, 50);
  expect(accepted(answers)).toHaveLength(1);
  expect(answers.filter(({ refusal }) => refusal?.code === 'already_live')).toHaveLength(49);
  expect(await jobsTaken()).toEqual(accepted(answers));
});
