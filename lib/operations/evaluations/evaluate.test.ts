import { desc, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { pimEvaluations } from '#db/schema/evaluations.ts';
import { people as known } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { settings } from '#db/schema/settings.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { Callout } from '#lib/domain/evaluation.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { start } from '#lib/operations/requests/start.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { approvalOf, approved, asks, automatic, inForce, question, twoEyes } from './testing.ts';

const { ada, bo } = people;
const { staging, userAdministrator } = roles;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
beforeEach(async () => {
  await bench.reset();
  await empty('pim_evaluations approval_policies settings');
  await bench.reads(ada);
});
afterAll(() => bench?.close());

const lastEntry = async () => {
  const [entry] = await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(1);
  return entry;
};
const outcomes = async (callouts: Callout[]) =>
  (await Promise.all(callouts.map((one) => asks(one)))).map(({ outcome }) => outcome).toSorted();

const later = (minutes: number) => plusMinutes(bench.now(), minutes);

test('where no rule asks, PIM is told to go on, and the answer is on record', async () => {
  const seen = { kind: 'member', seenAt: bench.now() } as const;
  await db()
    .insert(known)
    .values({ objectId: ada.id, name: ada.name, ...seen });
  const row = await asks(question(ada, staging));
  expect(row).toMatchObject({ outcome: 'approved', principalName: ada.name, roleName: staging.roleName });
  expect(await lastEntry()).toMatchObject({
    action: 'evaluation.approved',
    subjectId: row.id,
    details: { evaluationId: row.id, outcome: 'approved', azureId: row.azureId },
  });
});

test('what Stint does not know is denied: a role, a body, a length without an end', async () => {
  const nowhere = { ...staging, roleId: '00000000-0000-4000-8000-00000000dead' };
  expect((await asks(question(ada, nowhere))).reasons).toEqual(['Stint does not know this role.']);
  expect(await asks(null)).toMatchObject({ outcome: 'denied', plane: null, principalId: '' });
  expect(await asks(question(ada, staging, { minutes: null }))).toMatchObject({ outcome: 'denied' });
});

test('giving access back is never denied', async () => {
  await inForce({ rules: [twoEyes] });
  const back = question(ada, staging, { action: 'deactivate', minutes: null });
  expect((await asks(back)).outcome).toBe('approved');
});

test('without an approval it is denied, with the way to ask for one', async () => {
  await inForce({ rules: [twoEyes] });
  const row = await asks(question(ada, staging));
  expect(row).toMatchObject({ outcome: 'denied', requestId: null });
  expect(row.reasons).toEqual([
    '“Two eyes” asks for an approval in Stint first.',
    `Ask in Stint: https://stint.example/activate?role=${staging.roleId}`,
  ]);
  expect(await lastEntry()).toMatchObject({ action: 'evaluation.denied', subjectKind: 'evaluation' });
});

test('an approval lets one activation pass, and its request goes on with it', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  const asked = question(ada, staging, { minutes: 30 });
  expect(await asks(asked)).toMatchObject({ outcome: 'approved', requestId: id });
  expect(await bench.request(id)).toMatchObject({
    ...{ status: 'provisioning', azureId: asked.azureId, minutes: 30, origin: 'stint' },
  });
  expect((await approvalOf(id)).usedAt).not.toBeNull();
  expect(await bench.actions(id)).toEqual(['extension_approved', 'started_elsewhere']);
  expect((await asks(question(ada, staging, { azureId: crypto.randomUUID() }))).outcome).toBe('denied');
});

test('where PIM’s own approver still has to decide, the request waits for them', async () => {
  await inForce({ rules: [twoEyes] });
  const { policy } = roles.production;
  const id = await approved(ada, roles.production, bench.now(), { policy });
  await asks(question(ada, roles.production));
  expect(await bench.request(id)).toMatchObject({ status: 'awaiting_approval', startsAt: null });
});

test('what PIM was told to let pass and never began keeps nobody from asking anew, and its approval stays used', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now(), { minutes: 240 });
  await asks(question(ada, staging, { minutes: 240 }));
  await bench.pass(24, 1);
  expect(await bench.status(id)).toBe('provisioning');
  await bench.pass(7, 1);
  expect(await bench.request(id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('did not activate it'),
  });
  const later = await asks(question(ada, staging, { minutes: 240 }));
  expect(later).toMatchObject({ outcome: 'denied' });
});

test('it is seen active, as the same request, when Azure shows it', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  await asks(question(ada, staging));
  await bench.azure.person.azure.activate(fakeToken(ada.id), {
    ...{ plane: 'azure', roleId: staging.roleId, scopeId: staging.scopeId, requestId: crypto.randomUUID() },
    ...{ principalId: ada.id, eligibilityId: '', justification: 'A disk is full', ticketNumber: 'INC-1' },
    ...{ ticketSystem: '', startsAt: null, minutes: 60 },
  });
  await bench.watches();
  await bench.looks();
  expect(await bench.request(id)).toMatchObject({ status: 'active', origin: 'stint' });
  expect(await db().$count(pimEvaluations)).toBe(1);
});

test('the same delivered again has the same answer, at once or days later, and uses nothing more', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  const other = await approved(ada, staging, bench.now(), { waitsForEnd: true, minutes: 90 });
  const asked = question(ada, staging);
  const rows = await Promise.all(Array.from({ length: 5 }, () => asks(asked)));
  await bench.advance(3000);
  rows.push(await asks(asked));
  expect(new Set(rows.map((row) => row.id)).size).toBe(1);
  expect(rows.every(({ outcome }) => outcome === 'approved')).toBe(true);
  expect((await db().select().from(pimEvaluations))[0]).toMatchObject({ deliveries: 6, requestId: id });
  expect(await bench.status(other)).toBe('approved');
  expect(await bench.actions(id)).toEqual(['extension_approved', 'started_elsewhere']);
});

test('a body without an id is the same for two minutes, and never twice an approval', async () => {
  await inForce({ rules: [twoEyes] });
  await approved(ada, staging, bench.now());
  const asked = question(ada, staging, { azureId: null });
  const [first, second] = [await asks(asked), await asks(asked)];
  expect([first.outcome, second.id]).toEqual(['approved', first.id]);
  expect((await asks({ ...asked, justification: 'Another' })).outcome).toBe('denied');
  await bench.advance(5);
  expect(await asks(asked)).toMatchObject({ outcome: 'denied' });
});

test('two activations on one approval: one passes', async () => {
  await inForce({ rules: [twoEyes] });
  await approved(ada, staging, bench.now());
  expect(await outcomes([question(ada, staging), question(ada, staging)])).toEqual(['approved', 'denied']);
});

test('PIM asks while Stint itself is filing: it passes, nothing is used twice, nobody waits for anybody', async () => {
  await inForce({ rules: [twoEyes] });
  const facts = { status: 'filed', usedAt: bench.now() } as const;
  const id = await approved(ada, staging, bench.now(), facts);
  const before = await bench.request(id);
  expect(await asks(question(ada, staging))).toMatchObject({ outcome: 'approved', requestId: id });
  expect(await bench.request(id)).toEqual(before);
  expect((await lastEntry())?.action).toBe('request.extension_approved');
});

test('an approval taken for another day serves nothing before it, nor a second time then', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  const asked = question(ada, staging, { azureId: null, startsAt: later(200) });
  expect((await asks(asked)).outcome).toBe('approved');
  expect(await bench.request(id)).toMatchObject({ status: 'scheduled', wantedStartAt: asked.startsAt });
  const role = { ...asked.role, scopeId: `${staging.scopeId}/resourceGroups/rg-a` };
  const others = [
    { ...asked, role },
    { ...asked, startsAt: null },
    { ...asked, justification: 'Again' },
  ];
  expect(await outcomes(others)).toEqual(['denied', 'denied', 'denied']);
});

test('what Stint has to ask Azure a second time passes again, while Azure has not answered', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now(), { status: 'filed', usedAt: bench.now() });
  const again = () => asks(question(ada, staging, { azureId: null, startsAt: bench.now() }));
  expect(await again()).toMatchObject({ outcome: 'approved', requestId: id });
  await bench.advance(1);
  expect(await again()).toMatchObject({ outcome: 'approved', requestId: id });
  await db().update(requests).set({ status: 'provisioning' }).where(eq(requests.id, id));
  await bench.advance(1);
  expect((await again()).outcome).toBe('denied');
});

test('the person starts it here while PIM asks about it there: used once, whoever is first', async () => {
  await inForce({ rules: [twoEyes] });
  const eligibilityId = (await bench.azure.person.azure.eligible(fakeToken(ada.id), ada.id)).find(
    ({ scopeId }) => scopeId === staging.scopeId,
  )?.eligibilityId;
  for (let round = 0; round < 5; round++) {
    const id = await approved(ada, staging, bench.now(), { eligibilityId: eligibilityId ?? '' });
    const [started, answer] = await Promise.allSettled([
      start(bench.as(ada), id, bench.seal(ada)),
      asks(question(ada, staging)),
    ]);
    const request = await bench.request(id);
    expect(answer).toMatchObject({ status: 'fulfilled', value: { outcome: 'approved', requestId: id } });
    expect(request.status).toBe(started.status === 'fulfilled' ? 'filed' : 'provisioning');
    expect((await approvalOf(id)).usedAt).not.toBeNull();
    await db().execute(sql`update requests set status = 'ended' where id = ${id}`);
  }
});

test('a request that a rule approved passes while it is filed, though the rule would not any more', async () => {
  await inForce({ rules: [twoEyes] });
  await approved(ada, staging, bench.now(), { status: 'filed', state: 'automatic' });
  expect((await asks(question(ada, staging))).outcome).toBe('approved');
});

test('Azure has named the filed request otherwise: then PIM asks about another', async () => {
  await inForce({ rules: [twoEyes] });
  const azureId = crypto.randomUUID();
  await approved(ada, staging, bench.now(), { status: 'provisioning', usedAt: bench.now(), azureId });
  expect((await asks(question(ada, staging))).outcome).toBe('denied');
  expect((await asks(question(ada, staging, { azureId }))).outcome).toBe('approved');
});

test('while frozen nothing passes, whatever was approved', async () => {
  const [from, until] = [later(-60).toISOString(), later(60).toISOString()];
  const freeze = { id: 'f', name: 'Year end', from, until, when: twoEyes.when, except: [] };
  await inForce({ rules: [automatic], freezes: [freeze] });
  await approved(ada, staging, bench.now());
  const { outcome, reasons } = await asks(question(ada, staging));
  expect([outcome, reasons.length]).toEqual(['denied', 1]);
  expect(reasons[0]).toContain('Year end');
  expect((await asks(question(ada, staging), 'post_approval')).outcome).toBe('denied');
});

test('a start that is past is taken as now: neither a freeze nor the hours of a rule are got round by it', async () => {
  const [from, until] = [later(-60).toISOString(), later(60).toISOString()];
  const freeze = { id: 'f', name: 'Year end', from, until, when: twoEyes.when, except: [] };
  await inForce({ rules: [automatic], freezes: [freeze] });
  const before = () => question(ada, staging, { startsAt: later(-61) });
  const [asked, first] = [before(), before()];
  expect((await asks(asked)).outcome).toBe('denied');
  expect((await asks(asked, 'post_approval')).outcome).toBe('denied');
  // Passed before the freeze, and given by PIM's approver in it.
  await inForce({ rules: [automatic] });
  expect((await asks(first)).outcome).toBe('approved');
  await inForce({ rules: [automatic], freezes: [freeze] });
  expect((await asks(first, 'post_approval')).outcome).toBe('denied');
  const hour = (minutes: number) => later(minutes).toISOString().slice(11, 16);
  const hours = { days: [1, 2, 3, 4, 5, 6, 7], from: hour(-180), until: hour(-60), zone: 'UTC' };
  await inForce({ rules: [{ ...automatic, when: { ...automatic.when, hours } }, twoEyes] });
  expect((await asks(question(ada, staging, { startsAt: later(-120) }))).outcome).toBe('denied');
});

test('a rule that asks nobody leaves PIM’s approver out only where an administrator said so, and never for critical roles', async () => {
  await inForce({ rules: [automatic] });
  expect((await asks(question(ada, staging))).outcome).toBe('approved');
  const by = { changedAt: bench.now(), changedById: 'mira', changedByName: 'Mira' };
  await db()
    .insert(settings)
    .values({ key: 'extension', value: { autoApproves: true }, ...by });
  expect((await asks(question(ada, roles.machines))).outcome).toBe('auto_approved');
  expect((await asks(question(ada, userAdministrator))).outcome).toBe('approved');
});

test('after PIM’s approver: what passed before passes, by the same approval; else an approval is wanted', async () => {
  await inForce({ rules: [twoEyes] });
  const id = await approved(ada, staging, bench.now());
  const asked = question(ada, staging);
  const first = await asks(asked);
  await bench.advance(600);
  const second = await asks(asked, 'post_approval');
  expect(second).toMatchObject({ outcome: 'approved', requestId: id, stage: 'post_approval' });
  expect(second.id).not.toBe(first.id);
  expect((await asks(question(ada, staging), 'post_approval')).outcome).toBe('denied');
});

test('who is denied leaves an entry and no request', async () => {
  await inForce({ rules: [twoEyes] });
  const { id } = await asks(question(bo, staging));
  const entries = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, id));
  expect(entries.map(({ action }) => action)).toEqual(['evaluation.denied']);
});
