import { desc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { letters } from '#db/schema/letters.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { sessions } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { accessChanges, applierSwitches } from '#db/schema/reviews.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { byDayAndNight, stageOf } from '#lib/operations/approvals/testing/policy.ts';
import { onCall } from '#lib/operations/on-call/testing.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import {
  approvalOf,
  approved,
  asks,
  automatic,
  closesTicket,
  inForce,
  question,
  type Role,
  twoEyes,
} from './testing.ts';

const { ada, bo, cy } = people;
const { staging, machines } = roles;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
beforeEach(async () => {
  await bench.reset();
  await empty('pim_evaluations approval_policies letters sessions access_changes ticket_systems');
  await bench.reads(ada);
  await signsIn('mira');
});
afterAll(() => bench?.close());

async function signsIn(id: string): Promise<void> {
  const at = new Date();
  await db()
    .insert(sessions)
    .values({
      ...{ id: crypto.randomUUID(), secretHash: crypto.randomUUID(), objectId: id, tenantId: 't', name: id },
      ...{ upn: id, roles: ['Stint.Administrator'], createdAt: at, lastSeenAt: at },
      expiresAt: plusMinutes(at, 600),
    });
}

/** Activates in Azure itself. */
async function activates(role: Role, ticketNumber = 'INC-1'): Promise<void> {
  const { plane, roleId, scopeId } = role;
  await bench.azure.person[plane].activate(fakeToken(ada.id), {
    ...{ plane, roleId, scopeId, requestId: crypto.randomUUID(), principalId: ada.id, eligibilityId: '' },
    ...{ justification: 'By hand', ticketNumber, ticketSystem: '', startsAt: null, minutes: 60 },
  });
}

async function seen() {
  expect(await bench.watches()).toEqual([]);
  const [row] = await db()
    .select()
    .from(requests)
    .where(eq(requests.origin, 'azure'))
    .orderBy(desc(requests.filedAt))
    .limit(1);
  return row ?? expect.fail('nothing on record');
}
const toldTo = async () =>
  (await db().select().from(letters)).map(({ personId, kind }) => `${personId} ${kind}`).toSorted();

test('what was activated past a rule with stages is flagged, once, and administrators are told', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  await activates(staging);
  const row = await seen();
  expect(row.bypassedAt).not.toBeNull();
  expect(await bench.actions(row.id)).toEqual(['seen_in_azure', 'bypassed']);
  expect(await toldTo()).toEqual(['mira bypassed']);
  await seen();
  expect(await bench.actions(row.id)).toEqual(['seen_in_azure', 'bypassed']);
  expect(await db().$count(accessChanges)).toBe(0);
});

test('where no rule asks, or a rule asks nobody, nothing is flagged; nor by a rule written after it began', async () => {
  await activates(staging);
  await bench.advance(3);
  await inForce({ rules: [twoEyes] });
  expect(await seen()).toMatchObject({ bypassedAt: null, bypassJudgedAt: expect.any(Date) });
});

test('what PIM was told to let pass is not flagged; what it was told to deny is, and that is said', async () => {
  await inForce({});
  await bench.advance(1);
  // Of another id it would be about another activation.
  await asks(question(ada, machines, { azureId: null }));
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  await activates(machines);
  expect(await seen()).toMatchObject({ bypassedAt: null });
  await asks(question(ada, staging, { azureId: null }));
  await activates(staging);
  await seen();
  const [entry] = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, 'request.bypassed'))
    .orderBy(desc(auditEntries.seq));
  expect(entry?.details).toMatchObject({ rule: 'Two eyes', extensionSaid: 'denied' });
  const [letter] = await db().select().from(letters);
  expect(letter?.facts.text).toContain('was told no, and gave it all the same');
});

test('that giving back was let pass, or something longer, is no answer about an activation', async () => {
  await inForce({});
  await bench.advance(1);
  await asks(question(ada, staging, { azureId: null, action: 'deactivate' }));
  await asks(question(ada, staging, { azureId: null, minutes: 480 }));
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  await activates(staging);
  expect((await seen()).bypassedAt).not.toBeNull();
});

test('what was signed, and let pass by that, went past nothing, though its request failed meanwhile', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const id = await approved(ada, staging, bench.now());
  expect((await asks(question(ada, staging, { azureId: null }))).requestId).toBe(id);
  await db().update(requests).set({ status: 'failed', checkAt: null }).where(eq(requests.id, id));
  await bench.advance(1);
  await activates(staging);
  expect(await seen()).toMatchObject({ bypassedAt: null, bypassJudgedAt: expect.any(Date) });
});

test('an approval that one activation used does not cover the next', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  await asks(question(ada, staging));
  await bench.advance(1);
  await activates(staging);
  await bench.watches();
  await bench.looks();
  expect(await bench.status(id)).toBe('active');
  expect(await db().$count(requests, eq(requests.origin, 'azure'))).toBe(0);
  await bench.advance(70);
  await bench.looks();
  expect(await bench.status(id)).toBe('ended');
  await activates(staging);
  expect((await seen()).bypassedAt).not.toBeNull();
});

test('where administrators chose so the Applier is to end it, not before PIM’s floor, and the person is told', async () => {
  await inForce({ rules: [twoEyes], endsBypassed: true });
  await bench.advance(1);
  await activates(staging);
  const row = await seen();
  const [change] = await db().select().from(accessChanges);
  expect(change).toMatchObject({
    ...{ requestId: row.id, state: 'waiting', verb: 'remove', principalId: ada.id, askedById: 'mira' },
    kept: { kind: 'activated', roleId: staging.roleId, endsAt: row.endsAt?.toISOString() },
  });
  expect(change?.checkAt).toEqual(plusMinutes(row.startsAt ?? bench.now(), 5));
  expect(await toldTo()).toEqual([`${ada.id} bypassed`, 'mira bypassed']);
  await seen();
  expect(await db().$count(accessChanges)).toBe(1);
});

test.each([
  ['is switched on there', true, 'ends it.', 'ends it.'],
  ['is not, and administrators hear that they have to do something', false, 'not switched on', 'ends it.'],
])('that the Applier ends it is told as it is where it %s', async (_, isOn, toMira, toAda) => {
  await db().delete(applierSwitches);
  const by = { switchedById: 'mira', switchedByName: 'Mira', switchedAt: new Date() };
  if (isOn)
    await db()
      .insert(applierSwitches)
      .values({ plane: staging.plane, scopeId: '/', ...by });
  await inForce({ rules: [twoEyes], endsBypassed: true });
  await bench.advance(1);
  await activates(staging);
  await seen();
  const textTo = async (person: string) =>
    (await db().select().from(letters).where(eq(letters.personId, person)))[0]?.facts.text;
  expect(await textTo('mira')).toContain(toMira);
  expect(await textTo(ada.id)).toContain(toAda);
});

test('what PIM’s own approver gave is flagged, and not ended', async () => {
  await db().update(mirrorPolicies).set({ facts: sql`jsonb_set(facts, '{approval}', 'true')` });
  await inForce({ rules: [twoEyes], endsBypassed: true });
  await isOnlyFlagged('PIM’s own approver gave it');
});

test('what may have passed by a change that Azure’s log does not tell is flagged, and not ended', async () => {
  const change = { ...automatic, id: 'change', when: { ...automatic.when, inChangeWindow: true } };
  await inForce({ rules: [change, twoEyes], endsBypassed: true });
  await isOnlyFlagged('not all that Stint’s rules look at is known');
});

async function isOnlyFlagged(why: string) {
  await bench.advance(1);
  await activates(staging, '');
  expect((await seen()).bypassedAt).not.toBeNull();
  expect(await db().$count(accessChanges)).toBe(0);
  const [letter] = await db().select().from(letters);
  expect(letter?.facts.text).toContain(why);
}

test('an approval started in Microsoft’s portal, where PIM asks nobody, is the same request, and nothing is flagged', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const id = await approved(ada, staging, bench.now());
  await activates(staging);
  expect(await bench.watches()).toEqual([]);
  expect(await bench.request(id)).toMatchObject({ status: 'active', origin: 'stint', minutes: 60 });
  expect((await approvalOf(id)).usedAt).not.toBeNull();
  expect(await bench.actions(id)).toEqual(['started_elsewhere', 'activated']);
  expect(await db().$count(requests)).toBe(1);
  await bench.watches();
  expect(await db().$count(requests)).toBe(1);
});

test.each<[string, Parameters<typeof approved>[3]]>([
  ['while signatures are missing', { status: 'awaiting_signatures', state: 'waiting' }],
  ['longer than approved', { minutes: 30 }],
  ['with another ticket', { ticketNumber: 'INC-9' }],
  ['long before its start', { wantedStartAt: new Date(Date.now() + 7_200_000) }],
])('activated in Microsoft’s portal %s, it went past the request, which is closed', async (_, facts) => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const id = await approved(ada, staging, bench.now(), facts ?? {});
  await activates(staging);
  const row = await seen();
  expect(row).toMatchObject({ status: 'active', bypassedAt: expect.any(Date) });
  expect(await bench.request(id)).toMatchObject({ status: 'failed', failure: expect.stringMatching(/past/) });
  expect((await approvalOf(id)).state).toBe('closed');
  expect(await toldTo()).toEqual(expect.arrayContaining([`${ada.id} closed`, 'mira bypassed']));
});

test('activated in Microsoft’s portal past the end of the on-call window it was approved for, it went past the request', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const occurrenceId = await onCall(ada, plusMinutes(bench.now(), -90), 120);
  const id = await approved(ada, staging, bench.now(), { occurrenceId });
  await activates(staging);
  expect((await seen()).bypassedAt).not.toBeNull();
  expect(await bench.status(id)).toBe('failed');
});

test('activated in Microsoft’s portal at night, on signatures for the day, it went past the request', async () => {
  const [byDay, atNight] = byDayAndNight(plusMinutes(bench.now(), -90), stageOf([bo]), stageOf([cy]));
  if (!byDay || !atNight) throw new Error('two rules');
  await inForce({ rules: [byDay, atNight] });
  await bench.advance(1);
  const id = await approved(ada, staging, bench.now(), { rule: byDay });
  await activates(staging);
  expect((await seen()).bypassedAt).not.toBeNull();
  expect(await bench.request(id)).toMatchObject({
    ...{ status: 'failed', failure: expect.stringContaining('At night') },
  });
});

test('activated in Microsoft’s portal with a ticket that was found closed since, it went past the request', async () => {
  await inForce({ rules: [twoEyes] });
  await bench.advance(1);
  const id = await approved(ada, staging, bench.now());
  await closesTicket(id, bench.now());
  await activates(staging);
  expect((await seen()).bypassedAt).not.toBeNull();
  expect(await bench.status(id)).toBe('failed');
});

test('an approval started in Microsoft’s portal during a freeze is closed, and its activation is flagged', async () => {
  const [from, until] = [-60, 60].map((minutes) => plusMinutes(bench.now(), minutes).toISOString());
  const freeze = { id: 'f', name: 'Year end', from: from ?? '', until: until ?? '', when: twoEyes.when };
  await inForce({ rules: [twoEyes], freezes: [{ ...freeze, except: [] }] });
  await bench.advance(1);
  const id = await approved(ada, staging, bench.now());
  await activates(staging);
  expect((await seen()).bypassedAt).not.toBeNull();
  expect(await bench.request(id)).toMatchObject({
    status: 'failed',
    failure: expect.stringMatching(/Year end/),
  });
  expect(await approvalOf(id)).toMatchObject({ state: 'closed', usedAt: null });
  expect(await toldTo()).toEqual([`${ada.id} closed`, 'bo closed', 'mira bypassed']);
});
