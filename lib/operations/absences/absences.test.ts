import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { absences, linkedAccounts } from '#db/schema/approvals.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { letters } from '#db/schema/letters.ts';
import { viewerZones } from '#db/schema/zones.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { wordsOf } from '#lib/domain/letter-words.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { fieldOfMoment } from '#lib/domain/wall-time.ts';
import {
  approvalOf,
  pins,
  ruleOf,
  signedOf,
  signersOf,
  stageOf,
  told,
} from '#lib/operations/approvals/talk-testing.ts';
import { asJob } from '#lib/operations/context.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { availabilityOf } from '#lib/queries/availability.ts';
import { endAbsence } from './end-absence.ts';
import { type AbsenceAsk, setAbsence } from './set-absence.ts';
import { takeDueAbsences } from './take-due-absences.ts';
import { tellZone } from './tell-zone.ts';

const { ada, bo, cy, lou, petra } = people;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
  await pins(people, ruleOf('one', [stageOf('Team', [bo, petra], { signatures: 2 })]));
  id = await bench.files(ada, roles.staging);
});

/** From a minute ago for a day, if nothing else is said; in minutes from now. */
function form(change: Partial<AbsenceAsk> & { starts?: number; ends?: number } = {}): AbsenceAsk {
  const { starts = -1, ends = 1440, ...rest } = change;
  const at = (minutes: number) => fieldOfMoment(plusMinutes(bench.now(), minutes), 'UTC');
  return { from: at(starts), until: at(ends), zone: 'UTC', note: '', person: null, deputy: cy.upn, ...rest };
}
const away = (person: Person, change: Parameters<typeof form>[0] = {}) =>
  setAbsence(bench.as(person), form(change));
const admin = () => ({ ...bench.as(lou, 'Stint.Administrator'), administers: true });
const round = async () => {
  await takeDueAbsences(asJob('due absences', randomUUID()));
  await bench.deliver();
};
const signs = async (person: Person) => {
  await bench.signs(person, id);
  await bench.deliver();
};
const named = async () => (await signersOf(id)).map(({ approverId, forId }) => [approverId, forId]);
const record = async (person: Person) =>
  (
    await db()
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.subjectId, person.id))
      .orderBy(auditEntries.seq)
  )
    .filter(({ action }) => action.startsWith('absence.'))
    .map(({ action, actorId }) => [action, actorId]);
const about = async (kind: 'absence_set' | 'absence_ended') =>
  (await db().select().from(letters).where(eq(letters.kind, kind)))[0] ?? expect.fail(`no ${kind}`);
const entriesBefore = async () => (await record(bo)).length;

describe('being away', () => {
  test('names the deputy for what waits and asks them, once, and they sign in that place', async () => {
    await away(bo);
    await round();
    await round();
    expect(await named()).toContainEqual([cy.id, bo.id]);
    expect((await told('asked_to_sign')).filter((one) => one === cy.id)).toHaveLength(1);
    await signs(cy);
    expect(await signedOf(id)).toMatchObject([{ approverId: cy.id, forId: bo.id, state: 'recorded' }]);
    await expect(signs(bo)).rejects.toMatchObject({ code: 'not_pending' });
    await signs(petra);
    expect(await approvalOf(id)).toMatchObject({ state: 'approved' });
  });

  test('begins when it begins, and for what is asked later the deputy is asked at once', async () => {
    await away(bo, { starts: 60 });
    await round();
    await expect(signs(cy)).rejects.toMatchObject({ code: 'not_found' });
    await bench.advance(61);
    await round();
    expect(await named()).toContainEqual([cy.id, bo.id]);
    const later = await bench.files(ada, roles.machines);
    expect((await signersOf(later)).map(({ approverId }) => approverId)).toContain(cy.id);
  });

  test('is over at its end: the person signs again, and the deputy is off the list', async () => {
    await away(bo, { ends: 60 });
    await round();
    await bench.advance(61);
    await round();
    expect(await named()).not.toContainEqual([cy.id, bo.id]);
    await expect(signs(cy)).rejects.toMatchObject({ code: 'not_found' });
    await signs(bo);
    expect(await signedOf(id)).toMatchObject([{ approverId: bo.id, state: 'recorded' }]);
  });

  test.each([
    ['themselves', false],
    ['with another account', true],
  ])('fills no second stage: not of who signed one %s', async (_, isOther) => {
    const first = isOther ? lou : bo;
    await bench.clear();
    await pins(people, ruleOf('two', [stageOf('Team', [first, petra]), stageOf('Security', [bo])]));
    const link = { ownerId: bo.id, linkedAt: new Date(), linkedByName: 'x' };
    const accounts = [bo, lou].map(({ id: accountId, name: accountName }) => ({ accountId, accountName }));
    await db()
      .insert(linkedAccounts)
      .values(accounts.map((one) => ({ ...one, ...link })));
    id = await bench.files(ada, roles.staging);
    await signs(first);
    await away(bo);
    await round();
    expect(await approvalOf(id)).toMatchObject({ stage: 1 });
    expect(await named()).not.toContainEqual([cy.id, bo.id]);
    await expect(signs(cy)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('in one’s place never lets the requester sign, with whichever account', async () => {
    const link = { ownerId: ada.id, linkedAt: new Date(), linkedByName: 'x' };
    await db()
      .insert(linkedAccounts)
      .values(
        [ada, lou].map(({ id: accountId, name: accountName }) => ({ accountId, accountName, ...link })),
      );
    await away(bo, { deputy: ada.upn });
    await away(petra, { deputy: lou.upn });
    await round();
    expect((await named()).map(([approver]) => approver).toSorted()).toEqual([bo.id, petra.id].toSorted());
    await expect(signs(ada)).rejects.toMatchObject({ code: 'own_request' });
    await expect(signs(lou)).rejects.toMatchObject({ code: 'own_request' });
  });

  test('says at once that the deputy is away then too', async () => {
    const theirs = await away(cy, { ends: 600, deputy: null });
    expect(theirs.deputyAwayUntil).toBeNull();
    const { deputyAwayUntil } = await away(bo);
    expect(deputyAwayUntil?.getTime()).toBeGreaterThan(bench.now().getTime());
  });

  test('is on record, and shown with the zone the person’s browser told', async () => {
    const before = await entriesBefore();
    await away(bo);
    expect((await record(bo)).slice(before)).toEqual([['absence.set', bo.id]]);
    await tellZone(bench.as(bo), 'Asia/Tokyo');
    await tellZone(bench.as(bo), 'Europe/Berlin');
    const of = await availabilityOf([bo.id, lou.id]);
    expect(of(bo.id)).toMatchObject({ away: { deputyName: cy.name }, zone: 'Europe/Berlin' });
    expect(of(lou.id)).toEqual({ away: null, zone: null });
  });

  test.each<[string, Partial<AbsenceAsk> & { ends?: number }, object]>([
    ['over before it begins', { ends: -2 }, { field: 'until' }],
    ['one’s own deputy', { deputy: bo.upn }, { field: 'deputy' }],
    ['a deputy nobody knows', { deputy: 'nobody@contoso.example' }, { field: 'deputy' }],
    ['a zone nobody knows', { zone: 'Mars' }, { field: 'zone' }],
    ['somebody else’s', { person: petra.upn }, { code: 'not_found' }],
  ])('is refused as %s', async (_, change, no) => {
    await expect(away(bo, change)).rejects.toMatchObject(no);
    expect(await db().$count(absences)).toBe(0);
  });

  test('is one at a time, also of two at once', async () => {
    const tries = await Promise.allSettled([away(bo), away(bo, { deputy: null })]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await away(bo, { starts: 1440, ends: 2000 });
    expect(await db().$count(absences)).toBe(2);
  });
});

describe('what is filed while somebody is away', () => {
  test.each([
    ['with a deputy, called off', cy.upn, true],
    ['with a deputy, over by itself', cy.upn, false],
    ['without one', null, true],
  ])('is put before them once they are back: %s', async (_, deputy, isCalledOff) => {
    const { id: absence } = await away(bo, { deputy, ends: 60 });
    await round();
    const later = await bench.files(ada, roles.machines);
    const names = async () => (await signersOf(later)).map(({ approverId }) => approverId).toSorted();
    expect(await names()).toEqual([...(deputy ? [cy.id] : []), petra.id].toSorted());
    if (isCalledOff) await endAbsence(bench.as(bo), absence);
    else await bench.advance(61);
    await round();
    await round();
    expect(await names()).toEqual([bo.id, petra.id].toSorted());
    // Once for what waited before, once for this one.
    expect((await told('asked_to_sign')).filter((one) => one === bo.id)).toHaveLength(2);
    await bench.signs(bo, later);
    await bench.deliver();
    expect(await signedOf(later)).toMatchObject([{ approverId: bo.id, state: 'recorded' }]);
  });
});

describe('ending an absence', () => {
  test('lets its person sign again at once, and is on record', async () => {
    const before = await entriesBefore();
    const { id: absence } = await away(bo);
    await round();
    await endAbsence(bench.as(bo), absence);
    expect((await record(bo)).slice(before).map(([action]) => action)).toEqual([
      'absence.set',
      'absence.ended',
    ]);
    expect(await named()).not.toContainEqual([cy.id, bo.id]);
    await signs(bo);
    await expect(signs(cy)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('happens once, and is its person’s alone', async () => {
    const { id: absence } = await away(bo);
    for (const stranger of [cy, lou])
      await expect(endAbsence(bench.as(stranger), absence)).rejects.toMatchObject({ code: 'not_found' });
    const tries = await Promise.allSettled([
      endAbsence(bench.as(bo), absence),
      endAbsence(bench.as(bo), absence),
    ]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

test('an administrator sets and ends another’s, on the record as theirs; without administering, nobody does', async () => {
  const before = await entriesBefore();
  const asked = form({ person: bo.upn });
  await expect(setAbsence(bench.as(lou, 'Stint.Administrator'), asked)).rejects.toMatchObject({
    code: 'not_found',
  });
  const { id: absence } = await setAbsence(admin(), asked);
  expect(await db().select().from(absences)).toMatchObject([{ personId: bo.id, setByName: lou.name }]);
  await endAbsence(admin(), absence);
  expect((await record(bo)).slice(before)).toEqual([
    ['absence.set', lou.id],
    ['absence.ended', lou.id],
  ]);
});

test('whose absence an administrator sets or ends is told by a letter, with from when to when and who signs; of their own nobody is', async () => {
  const { id: absence } = await setAbsence(admin(), form({ person: bo.upn, ends: 60 }));
  const { startsAt, endsAt } = (await db().select().from(absences))[0] ?? expect.fail();
  const letter = await about('absence_set');
  expect(letter).toMatchObject({ personId: bo.id, requestId: null });
  const { lines, path, subject } = wordsOf(letter);
  const utc = (moment: Date) => moment.toISOString().slice(0, 16).replace('T', ' ');
  expect(subject).toBe(`${lou.name} wrote down that you are away`);
  expect(lines[0]).toContain(`${cy.name} signs for you`);
  expect(lines).toContain(`Away: ${utc(startsAt)} to ${utc(endsAt)} UTC`);
  expect(path).toBe('/absence');
  await endAbsence(admin(), absence);
  expect(await about('absence_ended')).toMatchObject({ personId: bo.id, facts: { byName: lou.name } });
  const { id: own } = await away(petra);
  await endAbsence(bench.as(petra), own);
  const named = await setAbsence(admin(), form({ person: lou.upn }));
  await endAbsence(admin(), named.id);
  expect((await told('absence_set')).concat(await told('absence_ended'))).toEqual([bo.id, bo.id]);
});

describe('an administrator writes down no absence in their own case', () => {
  const administers = (person: Person) => ({ ...bench.as(person, 'Stint.Administrator'), administers: true });
  type Called = Person & { upn: string | null };
  const writes = (by: Person, whose: Called, deputy: Called | null = null) =>
    setAbsence(administers(by), form({ person: whose.upn, deputy: deputy?.upn ?? null }));

  test('none of who signs their own request that waits, in this stage or one to come; by whichever account', async () => {
    await bench.clear();
    await pins(people, ruleOf('two', [stageOf('Team', [bo]), stageOf('Security', [petra])]));
    id = await bench.files(ada, roles.staging);
    const link = { ownerId: ada.id, linkedAt: new Date(), linkedByName: 'x' };
    await db()
      .insert(linkedAccounts)
      .values(
        [ada, lou].map(({ id: accountId, name: accountName }) => ({ accountId, accountName, ...link })),
      );
    for (const by of [ada, lou])
      for (const whose of [bo, petra])
        await expect(writes(by, whose)).rejects.toMatchObject({ code: 'own_access', field: 'person' });
    expect(await db().$count(absences)).toBe(0);
    await writes(ada, cy);
    await writes(ada, ada);
    await writes(cy, bo);
  });

  test('none by which they would sign for another themselves', async () => {
    await expect(writes(lou, bo, lou)).rejects.toMatchObject({ code: 'own_access', field: 'deputy' });
    await writes(lou, bo, cy);
  });
});

test('a zone that is none is not kept', async () => {
  await db().delete(viewerZones);
  await expect(tellZone(bench.as(bo), 'Mars/Base')).rejects.toMatchObject({ code: 'malformed' });
  expect(await db().$count(viewerZones)).toBe(0);
});
