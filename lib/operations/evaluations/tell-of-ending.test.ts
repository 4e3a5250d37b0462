import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { inventoryRuns } from '#db/schema/inventory.ts';
import { letters } from '#db/schema/letters.ts';
import { sessions } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import { testTenant } from '#db/testing.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { Told } from '#lib/azure/ports.ts';
import type { Actor } from '#lib/domain/actor.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { withdrawChange } from '#lib/operations/apply/withdraw-change.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { bypasses } from '#lib/queries/bypasses.ts';
import { inForce, twoEyes } from './testing.ts';

const { ada } = people;
const { staging } = roles;
const mira: Actor = {
  ...{ tenantId: testTenant, objectId: 'mira', name: 'mira', upn: 'mira@contoso.example' },
  roles: ['Stint.Administrator'],
};
let bench: Bench<FakeAzure>;
/** What Azure says when it is told to take it away. */
let answer: () => Promise<Told>;
let id: string;

beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('approval_policies sessions access_changes applier_switches inventory_runs heartbeats');
  const at = new Date();
  await db()
    .insert(sessions)
    .values({
      ...{ id: crypto.randomUUID(), secretHash: crypto.randomUUID(), ...mira, roles: [...mira.roles] },
      ...{ createdAt: at, lastSeenAt: at, expiresAt: plusMinutes(at, 600) },
    });
  const now = sql`stint_now()`;
  await db()
    .insert(inventoryRuns)
    .values({ id: crypto.randomUUID(), startedAt: now, finishedAt: now, goneOnAt: now });
  await db().insert(heartbeats).values({ name: 'applier', beatAt: sql`now()` });
  const by = { switchedById: 'mira', switchedByName: 'Mira', switchedAt: at };
  await db()
    .insert(applierSwitches)
    .values({ plane: staging.plane, scopeId: '/', ...by });
  answer = async () => {
    await takesAway();
    return { is: 'told', facts: {} };
  };
  bench.applier = {
    port: { clientId: async () => 'app-applier', act: () => answer() },
    proof: {
      shows: async (of) => (await bench.azure.reader.activated(of, of.principalId)) !== null,
      assigned: async () => null,
      isMember: async () => false,
      isWithin: async () => false,
      assigning: async () => null,
    },
  };
  await bench.reads(ada);
  await inForce({ rules: [twoEyes], endsBypassed: true });
  await bench.advance(1);
  id = await bypassed();
});

/** Activated past the rule, and found by the watch. */
async function bypassed(): Promise<string> {
  await bench.azure.person[staging.plane].activate(fakeToken(ada.id), {
    ...{ ...staging, requestId: crypto.randomUUID(), principalId: ada.id, eligibilityId: '' },
    ...{ justification: 'By hand', ticketNumber: 'INC-1', ticketSystem: '', startsAt: null, minutes: 60 },
  });
  expect(await bench.watches()).toEqual([]);
  const [row] = await db().select().from(requests).where(eq(requests.origin, 'azure'));
  return row?.id ?? expect.fail('nothing on record');
}

async function takesAway(): Promise<void> {
  await bench.azure.person[staging.plane].deactivate(fakeToken(ada.id), {
    ...{ ...staging, requestId: id, principalId: ada.id, eligibilityId: '' },
  });
}

/** The Applier's rounds over some minutes, nobody else looking. */
async function rounds(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes * 6; passed++) {
    await bench.advance(1 / 6);
    expect(await bench.changes()).toEqual([]);
  }
}
const told = async (kind: 'bypass_ended' | 'bypass_not_ended') =>
  (await db().select().from(letters).where(eq(letters.kind, kind)))
    .map(({ personId }) => personId)
    .toSorted();
const ending = async () => (await bypasses(mira))?.[0]?.ending;

test('what Azure shows gone is ended, by Stint; its person and administrators are told, once', async () => {
  await rounds(7);
  expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_by_stint' });
  expect(await ending()).toMatchObject({ state: 'done', wasGone: false, goneAt: expect.any(Date) });
  expect(await told('bypass_ended')).toEqual([ada.id, 'mira'].toSorted());
  expect(await told('bypass_not_ended')).toEqual([]);
});

test('what Azure was told and still shows is not said to be ended', async () => {
  answer = async () => ({ is: 'told', facts: {} });
  await rounds(7);
  expect(await bench.status(id)).toBe('active');
  expect(await ending()).toMatchObject({ state: 'confirming', goneAt: null });
  expect(await told('bypass_ended')).toEqual([]);
});

test('a look that misses it first says that Stint ended it, not that somebody removed it in Azure', async () => {
  await bench.advance(6);
  answer = async () => {
    await takesAway();
    // The answer is lost: what was told is not on record yet.
    throw new AzureFault('unknown_outcome', { message: 'socket hang up' });
  };
  await bench.changes();
  await bench.pass(2, 0.2);
  expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_by_stint' });
  answer = async () => ({ is: 'gone' });
  await rounds(3);
  expect(await bench.actions(id)).toEqual(['seen_in_azure', 'bypassed', 'ended', 'bypass_ended']);
  expect(await told('bypass_ended')).toHaveLength(2);
});

test('what was over before the Applier came is not said to be its doing', async () => {
  await bench.advance(5.5);
  await takesAway();
  await bench.pass(2, 0.2);
  answer = async () => ({ is: 'gone' });
  await rounds(2);
  expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'removed_in_azure' });
  expect(await ending()).toMatchObject({ state: 'done', wasGone: true });
  const [letter] = await db().select().from(letters).where(eq(letters.kind, 'bypass_ended'));
  expect(letter?.facts.wasGone).toBe(true);
});

test('what the Applier cannot end is told to administrators, with why; done by hand, it is ended', async () => {
  answer = async () => ({ is: 'obstacle', outcome: 'locked', why: 'CanNotDelete' });
  await rounds(6);
  expect(await bench.status(id)).toBe('active');
  expect(await ending()).toMatchObject({
    state: 'blocked',
    explanation: expect.stringContaining('CanNotDelete'),
  });
  expect(await told('bypass_not_ended')).toEqual(['mira']);
  expect(await bench.actions(id)).toEqual(['seen_in_azure', 'bypassed', 'bypass_not_ended']);
  await takesAway();
  await rounds(12);
  expect(await bench.actions(id)).toEqual([
    ...['seen_in_azure', 'bypassed', 'bypass_not_ended', 'ended', 'bypass_ended'],
  ]);
});

test('called off, it goes on, and nobody is told that it ended', async () => {
  const [change] = await db().select().from(accessChanges);
  await withdrawChange(bench.as({ id: 'mira', name: 'mira' }, 'Stint.Administrator'), change?.id ?? '');
  await rounds(7);
  expect(await bench.status(id)).toBe('active');
  expect(await ending()).toBeNull();
  expect(await told('bypass_ended')).toEqual([]);
});
