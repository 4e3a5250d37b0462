import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { letters } from '#db/schema/letters.ts';
import { sessions } from '#db/schema/people.ts';
import { decisions } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { inForce, twoEyes } from './testing.ts';

const { ada, bo } = people;
const { cluster } = roles;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
beforeEach(async () => {
  await bench.reset();
  await empty('approval_policies letters sessions');
  await bench.reads(ada);
  const at = new Date();
  await db()
    .insert(sessions)
    .values({
      ...{ id: crypto.randomUUID(), secretHash: crypto.randomUUID(), objectId: 'mira', tenantId: 't' },
      ...{ name: 'Mira', upn: 'mira', roles: ['Stint.Administrator'], createdAt: at, lastSeenAt: at },
      expiresAt: plusMinutes(at, 600),
    });
});
afterAll(() => bench?.close());

/** In force from now; frozen from so many minutes from now on, for two hours. */
async function freezesIn(minutes: number): Promise<void> {
  const [from = '', until = ''] = [minutes, minutes + 120].map((one) =>
    plusMinutes(bench.now(), one).toISOString(),
  );
  const freeze = { id: 'f', name: 'Year end', from, until, when: twoEyes.when, except: [] };
  await inForce({ freezes: [freeze] });
  await bench.advance(1);
}

/** Waits for PIM's own approver. */
async function waits(facts: { startsAt?: Date } = {}): Promise<string> {
  const id = await bench.files(ada, cluster, facts);
  await bench.deliver();
  expect(await bench.status(id)).toBe('awaiting_approval');
  return id;
}

/** PIM's approver says yes in Microsoft's portal, and Stint comes to see it. */
async function approvedInAzure(approvalId: string): Promise<void> {
  await bench.azure.person.azure.decide(fakeToken(bo.id), {
    ...{ approvalId, decision: 'approve', justification: 'In the portal' },
  });
  await bench.advance(1);
  await bench.looks();
}

const toldTo = async () =>
  (await db().select().from(letters)).map(({ personId, kind }) => `${personId} ${kind}`).toSorted();

test('what PIM’s approver gives in Microsoft’s portal during a freeze is flagged, once, told to administrators, and not ended', async () => {
  const id = await waits();
  await freezesIn(0);
  await approvedInAzure(id);
  await bench.pass(3);
  const { status, bypassedAt } = await bench.request(id);
  expect([status, bypassedAt]).toEqual(['active', expect.any(Date)]);
  expect(await toldTo()).toContain('mira given_in_freeze');
  expect((await toldTo()).filter((one) => one.endsWith('given_in_freeze'))).toHaveLength(1);
  const told = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  const [flag, ...more] = told.filter(({ action }) => action === 'request.bypassed');
  expect([flag?.details, more]).toMatchObject([{ rule: 'Year end', is: 'frozen', isEnded: false }, []]);
});

test.each<[string, 'azure' | 'stint', number, boolean]>([
  ['in Microsoft’s portal during the freeze, as Stint saw: flagged', 'azure', 0, true],
  ['in Microsoft’s portal before the freeze, as Stint saw: not', 'azure', -30, false],
  ['on Stint’s page, which refuses in a freeze: not', 'stint', 0, false],
])('given %s', async (_, origin, minutes, isFlagged) => {
  const id = await waits();
  await freezesIn(0);
  await db()
    .insert(decisions)
    .values({
      ...{ id: crypto.randomUUID(), requestId: id, requesterId: ada.id, approverId: bo.id },
      ...{ approverName: bo.name, approve: true, justification: '', state: 'recorded', origin },
      decidedAt: plusMinutes(bench.now(), minutes),
    });
  await approvedInAzure(id);
  await bench.pass(1);
  const { status, bypassedAt } = await bench.request(id);
  expect([status, bypassedAt !== null]).toEqual(['active', isFlagged]);
});

test('given before the freeze it is not, though it begins in it', async () => {
  const id = await waits({ startsAt: plusMinutes(bench.now(), 30) });
  await freezesIn(20);
  await approvedInAzure(id);
  await bench.advance(30);
  await bench.looks();
  await bench.pass(1);
  const { status, bypassedAt } = await bench.request(id);
  expect([status, bypassedAt]).toEqual(['active', null]);
  expect(await toldTo()).not.toContain('mira given_in_freeze');
});

test('nor what is given when nothing is frozen', async () => {
  const id = await waits();
  await freezesIn(60);
  await approvedInAzure(id);
  await bench.pass(1);
  const { status, bypassedAt } = await bench.request(id);
  expect([status, bypassedAt]).toEqual(['active', null]);
});
