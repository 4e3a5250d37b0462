import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { letters } from '#db/schema/letters.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { approved, automatic, inForce, twoEyes } from './testing.ts';

const { ada } = people;
const { staging } = roles;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
beforeEach(async () => {
  await bench.reset();
  await empty('pim_evaluations approval_policies letters');
  await bench.reads(ada);
});
afterAll(() => bench?.close());

/** Activates in Azure itself. */
async function activates(minutes: number): Promise<void> {
  const { plane, roleId, scopeId } = staging;
  await bench.azure.person[plane].activate(fakeToken(ada.id), {
    ...{ plane, roleId, scopeId, requestId: crypto.randomUUID(), principalId: ada.id, eligibilityId: '' },
    ...{ justification: 'By hand', ticketNumber: '', ticketSystem: '', startsAt: null, minutes },
  });
}

/** Half an hour passes without anybody, more is signed first. */
const shortOrSigned = [
  { ...automatic, id: 'short', when: { ...automatic.when, atMostMinutes: 30 } },
  { ...twoEyes, id: 'long' },
];
/** Half an hour asked for in Stint, and left for its person to go on with: Azure has not heard of it. */
async function leftWaiting(facts: { startsAt?: Date } = {}): Promise<string> {
  const id = await bench.files(ada, staging, { minutes: 30, ...facts });
  await bench.loseToken(id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('needs_you');
  return id;
}
/** The watch finds it, the look holds it against the request, the next watch puts on record what is not its. */
async function found() {
  await bench.watches();
  await bench.looks();
  await bench.watches();
  const rows = await db().select().from(requests).where(eq(requests.origin, 'azure'));
  return rows.map(({ minutes, bypassedAt }) => ({ minutes, isBypass: bypassedAt !== null }));
}

test('what waits for its person here, and is activated as asked for in Microsoft’s portal, is the same request', async () => {
  await inForce({ rules: shortOrSigned });
  await bench.advance(1);
  const id = await leftWaiting();
  await activates(30);
  expect(await found()).toEqual([]);
  expect(await bench.request(id)).toMatchObject({ status: 'active', origin: 'stint', minutes: 30 });
});

test('an approval that was started, and waits for its person, covers what was signed in Microsoft’s portal', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const waits = { status: 'needs_you', usedAt: bench.now(), checkAt: null } as const;
  const id = await approved(ada, staging, bench.now(), waits);
  await activates(60);
  expect(await found()).toEqual([]);
  expect(await bench.status(id)).toBe('active');
});

test('what waits for its person here covers nothing longer in Microsoft’s portal: it is closed, and that is judged', async () => {
  await inForce({ rules: shortOrSigned });
  await bench.advance(1);
  const id = await leftWaiting();
  await activates(480);
  expect(await found()).toEqual([{ minutes: 480, isBypass: true }]);
  expect(await bench.request(id)).toMatchObject({
    ...{ status: 'failed', startsAt: null, failure: expect.stringMatching(/past what was asked/) },
  });
  expect(await db().select().from(letters)).toMatchObject([{ personId: ada.id, kind: 'closed' }]);
});

test.each<[string, () => Promise<unknown>]>([
  [
    'in a freeze',
    async () => {
      const [from, until] = [-1, 60].map((minutes) => plusMinutes(bench.now(), minutes).toISOString());
      const freeze = { id: 'f', name: 'Year end', from: from ?? '', until: until ?? '', when: twoEyes.when };
      await inForce({ rules: shortOrSigned, freezes: [{ ...freeze, except: [] }] });
    },
  ],
  ['once a rule asks for signatures', () => inForce({ rules: [twoEyes] })],
])('nor anything %s', async (_, changes) => {
  await inForce({ rules: shortOrSigned });
  await bench.advance(1);
  const id = await leftWaiting();
  await changes();
  await bench.advance(1);
  await activates(30);
  expect(await found()).toEqual([{ minutes: 30, isBypass: true }]);
  expect(await bench.status(id)).toBe('failed');
});

test('a receipt that was started and waits for its person covers nothing after its time', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const waits = { status: 'needs_you', usedAt: bench.now(), useBy: plusMinutes(bench.now(), 5) } as const;
  const { policy } = staging;
  const id = await approved(ada, staging, bench.now(), { ...waits, policy });
  await bench.advance(30);
  await activates(60);
  expect(await found()).toEqual([{ minutes: 60, isBypass: true }]);
  expect(await bench.status(id)).toBe('failed');
});

test('what Azure gave the name of a request, and lasts longer than it asks for, is not that request', async () => {
  await inForce({ rules: shortOrSigned });
  await bench.advance(1);
  const azureId = crypto.randomUUID();
  const startsAt = bench.now();
  const facts = { status: 'provisioning', state: 'automatic', minutes: 30, azureId, startsAt } as const;
  const id = await approved(ada, staging, bench.now(), facts);
  await activates(480);
  expect(await found()).toEqual([{ minutes: 480, isBypass: true }]);
  expect(await bench.status(id)).toBe('failed');
});

test('a request for another day hides nothing that is activated in Microsoft’s portal until then', async () => {
  await inForce({ rules: shortOrSigned });
  await bench.advance(1);
  const id = await leftWaiting({ startsAt: plusMinutes(bench.now(), 29 * 1440) });
  await activates(480);
  expect(await found()).toEqual([{ minutes: 480, isBypass: true }]);
  expect(await bench.status(id)).toBe('needs_you');
});

test('what is on, ended in Microsoft’s portal and activated there anew for longer, is followed no further', async () => {
  await inForce({ rules: shortOrSigned });
  await bench.advance(1);
  const id = await bench.holds(ada, staging, 30);
  const { endsAt } = await bench.request(id);
  await bench.advance(6);
  const { plane, roleId, scopeId } = staging;
  const of = { plane, roleId, scopeId, requestId: id, principalId: ada.id, eligibilityId: '' };
  await bench.azure.person[plane].deactivate(fakeToken(ada.id), of);
  await activates(480);
  await bench.watches();
  await bench.pass(1, 0.2);
  expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'removed_in_azure', endsAt });
  expect(await found()).toEqual([{ minutes: 480, isBypass: true }]);
});
