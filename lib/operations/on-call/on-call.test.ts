import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mirrorEligible } from '#db/schema/mirror.ts';
import { onCallOccurrences } from '#db/schema/on-call.ts';
import { requests } from '#db/schema/requests.ts';
import { settings } from '#db/schema/settings.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { mfaClaims } from '#lib/domain/challenge.ts';
import type { OnCallPattern } from '#lib/domain/on-call.ts';
import { defaultSettings } from '#lib/domain/settings.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { fieldOfMoment } from '#lib/domain/wall-time.ts';
import { asJob } from '#lib/operations/context.ts';
import { type Bench, openBench, type Person } from '#lib/operations/testing.ts';
import { myWindow, myWindows } from '#lib/queries/my-windows.ts';
import { onCallAudiences } from '#lib/queries/on-call-audiences.ts';
import { onCallNow } from '#lib/queries/on-call-now.ts';
import { changeWindow, turnWindow } from './change-window.ts';
import { fileOccurrences } from './file-occurrences.ts';
import { makeWindow } from './make-window.ts';
import { noteMissed } from './note-missed.ts';
import { useOccurrence as asksFor } from './use-occurrence.ts';

const { ada, bo } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  for (const person of [ada, bo]) await bench.reads(person);
});

/** Every day at this time for a week, from two hours from now. */
function daily(change: Partial<OnCallPattern> = {}): OnCallPattern {
  const first = plusMinutes(bench.now(), 120);
  const day = (moment: Date) => fieldOfMoment(moment, 'UTC').slice(0, 10);
  return {
    days: [1, 2, 3, 4, 5, 6, 7],
    time: fieldOfMoment(first, 'UTC').slice(11),
    zone: 'UTC',
    from: day(first),
    until: day(plusMinutes(first, 6 * 1440)),
    ...change,
  };
}
const plans = (person: Person, ask: Partial<Parameters<typeof makeWindow>[1]> = {}) =>
  makeWindow(bench.as(person), {
    id: randomUUID(),
    roles: [{ key: roleKey(roles.staging), minutes: 60 }],
    pattern: daily(),
    justification: 'On call',
    ticketNumber: '',
    ...ask,
  });
const tokens = (person: Person, asked = {}) => ({ seal: bench.seal(person), asked });
const files = (person: Person) => fileOccurrences(bench.as(person), tokens(person), bench.tickets);
const uses = (person: Person, id: string) => asksFor(bench.as(person), id, tokens(person), bench.tickets);
const occurrences = () => db().select().from(onCallOccurrences).orderBy(asc(onCallOccurrences.startsAt));
const filed = () => db().select().from(requests).orderBy(asc(requests.filedAt));
const audit = (id: string) =>
  db().select().from(auditEntries).where(eq(auditEntries.subjectId, id)).orderBy(asc(auditEntries.seq));
const now = (person: Person) => onCallNow(bench.as(person).actor);
const closes = () => noteMissed(asJob('on-call', randomUUID()));

describe('planning windows', () => {
  test('puts down every time of the pattern, on record, and asks Azure nothing', async () => {
    const id = await plans(ada);
    expect(await occurrences()).toHaveLength(7);
    expect(await filed()).toEqual([]);
    expect(await audit(id)).toMatchObject([
      { action: 'on_call.planned', actorId: ada.id, details: { justification: 'On call' } },
    ]);
  });

  test('the same form sent twice at once is one window', async () => {
    const id = randomUUID();
    await Promise.all([plans(ada, { id }), plans(ada, { id })]);
    expect(await occurrences()).toHaveLength(7);
    expect(await audit(id)).toHaveLength(1);
    await expect(
      plans(bo, { id, roles: [{ key: roleKey(roles.production), minutes: 60 }] }),
    ).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each([
    [
      'a role one is not eligible for',
      { roles: [{ key: roleKey(roles.production), minutes: 60 }] },
      'not_eligible',
    ],
    ['longer than the policy allows', { roles: [{ key: roleKey(roles.staging), minutes: 481 }] }, 'too_long'],
    ['without the reason it asks for', { justification: '' }, 'justification_missing'],
    ['no role', { roles: [] }, 'malformed'],
    [
      'a place nobody told of',
      { roles: [{ key: roleKey(roles.staging), minutes: 60, narrowerScopeId: '/x' }] },
      'place_unknown',
    ],
  ])('is refused for %s, and leaves nothing', async (_, ask, code) => {
    const before = await bench.entries();
    await expect(plans(ada, ask)).rejects.toMatchObject({ code });
    expect(await occurrences()).toEqual([]);
    expect(await bench.entries()).toBe(before);
  });

  test('is refused for a reason that says nothing, and so is a change to one', async () => {
    await expect(plans(ada, { justification: 'asdf' })).rejects.toMatchObject({ code: 'reason_unclear' });
    expect(await occurrences()).toEqual([]);
    const id = await plans(ada);
    const change = { id, version: 1, pattern: daily(), justification: 'asdf', ticketNumber: '' };
    await expect(changeWindow(bench.as(ada), change)).rejects.toMatchObject({ code: 'reason_unclear' });
  });

  test('is refused for a wrong pattern, naming the field', async () => {
    const pattern = daily({ days: [] });
    await expect(plans(ada, { pattern })).rejects.toMatchObject({ code: 'malformed', field: 'days' });
  });
});

describe('filing while the person is there', () => {
  test('writes down with its stronger sign-in what no token is given for yet, and files the rest', async () => {
    const both = [roles.staging, roles.onCall].map((role) => ({ key: roleKey(role), minutes: 60 }));
    await plans(ada, { roles: both });
    expect((await onCallAudiences(bench.as(ada).actor)).toSorted()).toEqual(['arm', 'graph']);
    expect(await onCallAudiences(bench.as(bo).actor)).toEqual([]);
    const asked = { arm: mfaClaims };
    expect(await fileOccurrences(bench.as(ada), tokens(ada, asked), bench.tickets)).toBe(2);
    const stands = (await filed()).map(({ plane, status, challenge }) => [plane, status, challenge?.claims]);
    expect(stands.toSorted()).toEqual([
      ['azure', 'needs_you', mfaClaims],
      ['group', 'filed', undefined],
    ]);
  });

  test('files the next occurrence with PIM, as an activation that starts then, and only that', async () => {
    await plans(ada);
    expect(await now(ada)).toEqual({ reminders: [], canFile: true });
    expect(await files(ada)).toBe(1);
    await bench.deliver();
    const [request, ...more] = await filed();
    const [first] = await occurrences();
    expect(more).toEqual([]);
    expect(request).toMatchObject({
      status: 'scheduled',
      occurrenceId: first?.id,
      wantedStartAt: first?.startsAt,
    });
    expect(await bench.actions(request?.id ?? '')).toEqual(['filed', 'scheduled']);
    expect(await now(ada)).toEqual({ reminders: [], canFile: false });
    expect(await files(ada)).toBe(0);
  });

  test('two browsers at once file it once', async () => {
    await plans(ada);
    await Promise.all([files(ada), files(ada), files(ada)]);
    expect(await filed()).toHaveLength(1);
  });

  test('files the one after once that is over', async () => {
    await plans(ada);
    await files(ada);
    await bench.deliver();
    await bench.pass(120 + 61, 5);
    expect((await filed())[0]?.status).toBe('ended');
    expect(await files(ada)).toBe(1);
    expect((await filed())[1]?.wantedStartAt).toEqual((await occurrences())[1]?.startsAt);
  });

  test('judges eligibility anew: what is refused is said, on record, and not tried again by itself', async () => {
    const id = await plans(ada);
    await db().delete(mirrorEligible).where(eq(mirrorEligible.roleId, roles.staging.roleId));
    expect(await files(ada)).toBe(0);
    expect((await occurrences())[0]?.refusal).toContain('not eligible');
    expect((await audit(id)).map(({ action }) => action)).toEqual(['on_call.planned', 'on_call.not_filed']);
    expect(await now(ada)).toMatchObject({ canFile: false, reminders: [{ refusal: expect.any(String) }] });
  });

  test('what passes is said, on record once, and tried again when the person is there again', async () => {
    const value = { ...defaultSettings.step_up, activations: 'always' };
    await db()
      .insert(settings)
      .values({ key: 'step_up', value, changedAt: bench.now(), changedById: 'mira', changedByName: 'Mira' });
    const id = await plans(ada);
    expect(await files(ada)).toBe(0);
    expect(await files(ada)).toBe(0);
    expect((await occurrences())[0]?.refusal).toContain('fresh sign-in');
    expect((await audit(id)).map(({ action }) => action)).toEqual(['on_call.planned', 'on_call.not_filed']);
    expect((await now(ada)).canFile).toBe(true);
    await db().delete(settings);
    expect(await files(ada)).toBe(1);
    expect((await occurrences())[0]?.refusal).toBeNull();
  });

  test('of several windows with one role, the soonest is filed, and another role beside it', async () => {
    const later = daily({ time: fieldOfMoment(plusMinutes(bench.now(), 240), 'UTC').slice(11) });
    await plans(ada, { pattern: later });
    await plans(ada);
    const [soonest] = await occurrences();
    await plans(ada, { pattern: later, roles: [{ key: roleKey(roles.onCall), minutes: 60 }] });
    expect(await files(ada)).toBe(2);
    expect((await filed()).map(({ roleName }) => roleName).toSorted()).toHaveLength(2);
    expect((await filed()).some(({ occurrenceId }) => occurrenceId === soonest?.id)).toBe(true);
  });

  test('a paused window files nothing, and goes on where it is', async () => {
    const id = await plans(ada);
    await turnWindow(bench.as(ada), { id, status: 'paused' });
    expect(await files(ada)).toBe(0);
    await turnWindow(bench.as(ada), { id, status: 'running' });
    expect(await files(ada)).toBe(1);
  });
});

describe('one click on a reminder', () => {
  test('is offered once a window is on that was not filed, and asks for what is left of it', async () => {
    await plans(ada);
    await bench.advance(140);
    const { reminders } = await now(ada);
    expect(reminders).toHaveLength(1);
    const answers = await uses(ada, reminders[0]?.id ?? '');
    expect(answers).toMatchObject([{ refusal: null }]);
    expect((await filed())[0]).toMatchObject({ wantedStartAt: null, occurrenceId: reminders[0]?.id });
    expect((await filed())[0]?.minutes).toBeLessThanOrEqual(40);
    await bench.deliver();
    await bench.looks();
    expect((await filed())[0]?.status).toBe('active');
    expect((await now(ada)).reminders).toEqual([]);
  });

  test('ten at once ask once', async () => {
    await plans(ada);
    await bench.advance(130);
    const id = (await now(ada)).reminders[0]?.id ?? '';
    await Promise.allSettled(Array.from({ length: 10 }, () => uses(ada, id)));
    expect(await filed()).toHaveLength(1);
  });

  test('is refused to a stranger, before its time, and after', async () => {
    await plans(ada);
    const [first, , third] = await occurrences();
    await expect(uses(bo, first?.id ?? '')).rejects.toMatchObject({ code: 'not_found' });
    await expect(uses(ada, third?.id ?? '')).rejects.toMatchObject({ code: 'occurrence_over' });
    await bench.advance(120 + 57);
    await expect(uses(ada, first?.id ?? '')).rejects.toMatchObject({ code: 'occurrence_over' });
  });
});

describe('what is over', () => {
  test('is missed when nobody asked for it, said and on record once', async () => {
    const id = await plans(ada);
    await bench.advance(120 + 61);
    await Promise.all([closes(), closes()]);
    const [first] = await occurrences();
    expect(first?.state).toBe('missed');
    expect((await audit(id)).filter(({ action }) => action === 'on_call.missed')).toHaveLength(1);
    const { rows } = await myWindows(bench.as(ada).actor);
    expect(rows[0]?.past).toMatchObject([{ state: 'missed', requests: [] }]);
    expect(rows[0]?.ahead).toHaveLength(4);
  });

  test('is not missed when it was asked for, nor in a pause', async () => {
    const id = await plans(ada);
    await files(ada);
    await bench.advance(120 + 61);
    await closes();
    await turnWindow(bench.as(ada), { id, status: 'paused' });
    await bench.advance(1440);
    await closes();
    expect((await occurrences()).slice(0, 2).map(({ state }) => state)).toEqual(['asked', 'skipped']);
  });
});

describe('changing a window', () => {
  const change = (id: string, person: Person, version = 1, pattern = daily({ days: [1] })) =>
    changeWindow(bench.as(person), { id, version, pattern, justification: 'Duty', ticketNumber: '' });

  test('moves what comes, keeps what was asked for, and is on record', async () => {
    const id = await plans(ada);
    await files(ada);
    const asked = (await filed())[0]?.occurrenceId;
    await change(id, ada);
    const rows = await occurrences();
    expect(rows.map((row) => row.id)).toContain(asked);
    expect(rows.length).toBeLessThanOrEqual(2);
    expect((await audit(id)).at(-1)).toMatchObject({ action: 'on_call.changed', actorId: ada.id });
  });

  test('is refused to a stranger, who is shown nothing either', async () => {
    const id = await plans(ada);
    await expect(change(id, bo)).rejects.toMatchObject({ code: 'not_found' });
    await expect(turnWindow(bench.as(bo), { id, status: 'ended' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await myWindow(bench.as(bo).actor, id)).toBeNull();
    expect(await myWindow(bench.as(ada).actor, id)).not.toBeNull();
  });

  test('of two at once, one wins', async () => {
    const id = await plans(ada);
    const outcomes = await Promise.allSettled([change(id, ada), change(id, ada)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('ended for good, nothing more comes of it', async () => {
    const id = await plans(ada);
    await turnWindow(bench.as(ada), { id, status: 'ended' });
    expect(await occurrences()).toEqual([]);
    await expect(turnWindow(bench.as(ada), { id, status: 'running' })).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(change(id, ada, 2)).rejects.toMatchObject({ code: 'conflict' });
    expect((await audit(id)).map(({ action }) => action)).toEqual(['on_call.planned', 'on_call.ended']);
  });
});
