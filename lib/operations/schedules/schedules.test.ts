import { desc } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { onDutyBy } from '#db/on-duty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { dutyOverrides, dutySchedules } from '#db/schema/schedules.ts';
import { testDatabase } from '#db/testing.ts';
import { testFreeze, testRule } from '#lib/domain/approval-testing.ts';
import { savePolicy } from '#lib/operations/approval-policy/save-policy.ts';
import {
  administrator,
  as,
  ids,
  linked,
  policyOf,
  strangers,
  tenant,
} from '#lib/operations/approval-policy/testing.ts';
import { callOffOverride, overrideDuty } from './override-duty.ts';
import { removeSchedule } from './remove-schedule.ts';
import { saveSchedule } from './save-schedule.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(tenant);

const other = as('eli', 'Stint.Administrator');
const bo = { id: ids.bo, name: 'bo' };
const cy = { id: ids.cy, name: 'cy' };
const rotation = { zone: 'UTC', people: [bo], weekday: 1, time: '09:00', lengthDays: 7, from: '2026-01-01' };
const fresh = { id: null, version: 0, name: 'Platform', rotation };
const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString().slice(0, 16);
const over = (scheduleId: string) => ({ scheduleId, person: cy, from: hour(-1), until: hour(1) });
const onDuty = async (id: string) => (await onDutyBy(db(), [id], new Date())).get(id)?.person.name;

describe('a schedule of duty', () => {
  test('is made, changed and overridden on record', async () => {
    const id = await saveSchedule(administrator, fresh);
    await saveSchedule(administrator, {
      ...fresh,
      id,
      version: 1,
      rotation: { ...rotation, people: [cy, bo] },
    });
    const overrideId = await overrideDuty(administrator, over(id));
    expect(await onDuty(id)).toBe('cy');
    await callOffOverride(administrator, overrideId);
    const entries = await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(4);
    expect(entries.map(({ action, subjectId }) => [action, subjectId]).reverse()).toEqual(
      ['added', 'changed', 'overridden', 'override_called_off'].map((verb) => [`duty_schedule.${verb}`, id]),
    );
  });

  test('counts again when an override is called off, which one person does', async () => {
    const id = await saveSchedule(administrator, fresh);
    const overrideId = await overrideDuty(administrator, over(id));
    const twice = [callOffOverride(administrator, overrideId), callOffOverride(administrator, overrideId)];
    const outcomes = await Promise.allSettled(twice);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await onDuty(id)).toBe('bo');
  });

  test('is overridden by no administrator for themselves, by whichever account', async () => {
    const id = await saveSchedule(administrator, fresh);
    await linked('dana', 'adaAdmin');
    const entries = await db().$count(auditEntries);
    for (const who of ['dana', 'adaAdmin'] as const)
      await expect(
        overrideDuty(administrator, { ...over(id), person: { id: ids[who], name: who } }),
      ).rejects.toMatchObject({ code: 'own_access', field: 'person' });
    expect(await db().$count(auditEntries)).toBe(entries);
  });

  test('is saved by no administrator with themselves as one of its people, by whichever account', async () => {
    const id = await saveSchedule(administrator, fresh);
    await linked('dana', 'adaAdmin');
    const entries = await db().$count(auditEntries);
    for (const who of ['dana', 'adaAdmin'] as const) {
      const own = { ...rotation, people: [bo, { id: ids[who], name: who }] };
      for (const saved of [
        { ...fresh, name: 'Other', rotation: own },
        { ...fresh, id, version: 1, rotation: own },
        { ...fresh, id, version: 1, rotation: { ...own, from: '2030-01-01' } },
      ])
        await expect(saveSchedule(administrator, saved)).rejects.toMatchObject({
          ...{ code: 'own_access', field: 'people' },
        });
    }
    expect(await db().$count(auditEntries)).toBe(entries);
  });

  test('whom another put on it gives themselves no turn that runs, or begins within a day', async () => {
    const people = [bo, { id: ids.dana, name: 'dana' }];
    const day = (n: number) => new Date(Date.now() + n * 86_400_000);
    const weekdayOf = (at: Date) => at.getUTCDay() || 7;
    const at = (n: number) => ({ from: day(n).toISOString().slice(0, 10), weekday: weekdayOf(day(n)) });
    // Bo since two days, dana in five.
    const shared = { ...rotation, people, ...at(-2) };
    const id = await saveSchedule(other, { ...fresh, rotation: shared });
    const saves = (facts: object) =>
      saveSchedule(administrator, { ...fresh, id, version: 1, rotation: { ...shared, ...facts } });
    for (const facts of [{ people: people.toReversed() }, at(-8), { ...at(-7), time: hour(1).slice(11) }])
      await expect(saves(facts), JSON.stringify(facts)).rejects.toMatchObject({ code: 'own_access' });
    await saves({ people: [...people, cy] });
  });

  test('is not freed for themselves by an administrator who calls off whoever stands in', async () => {
    const own = { ...rotation, people: [{ id: ids.dana, name: 'dana' }] };
    const id = await saveSchedule(other, { ...fresh, rotation: own });
    const overrideId = await overrideDuty(administrator, over(id));
    await expect(callOffOverride(administrator, overrideId)).rejects.toMatchObject({ code: 'own_access' });
    expect(await onDuty(id)).toBe('cy');
    await callOffOverride(other, overrideId);
    expect(await onDuty(id)).toBe('dana');
  });

  test('is nobody else’s to make, change or override, not even to know of', async () => {
    const id = await saveSchedule(administrator, fresh);
    const overrideId = await overrideDuty(administrator, over(id));
    const entries = await db().$count(auditEntries);
    for (const ctx of strangers) {
      for (const tried of [
        () => saveSchedule(ctx, { ...fresh, name: 'Other' }),
        () => saveSchedule(ctx, { ...fresh, id, version: 1 }),
        () => overrideDuty(ctx, over(id)),
        () => callOffOverride(ctx, overrideId),
        () => removeSchedule(ctx, { id, version: 1 }),
      ])
        await expect(tried()).rejects.toMatchObject({ code: 'not_found' });
    }
    expect(await db().$count(auditEntries)).toBe(entries);
  });

  test('saved by two at once, or twice under one name, is so by one', async () => {
    const id = await saveSchedule(administrator, fresh);
    const changes = ['One', 'Two'].map((name) =>
      saveSchedule(administrator, { ...fresh, id, version: 1, name }),
    );
    const outcomes = await Promise.allSettled(changes);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const added = [1, 2].map(() => saveSchedule(administrator, { ...fresh, name: 'New' }));
    const both = await Promise.allSettled(added);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('is removed with its overrides, on record, by one of two', async () => {
    const id = await saveSchedule(administrator, fresh);
    await overrideDuty(administrator, over(id));
    await expect(removeSchedule(administrator, { id, version: 2 })).rejects.toMatchObject({
      code: 'conflict',
    });
    const outcomes = await Promise.allSettled(
      [1, 2].map(() => removeSchedule(administrator, { id, version: 1 })),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect([await db().$count(dutySchedules), await db().$count(dutyOverrides)]).toEqual([0, 0]);
    const [entry] = await db().select().from(auditEntries).orderBy(desc(auditEntries.seq)).limit(1);
    expect(entry).toMatchObject({ action: 'duty_schedule.removed', subjectId: id, details: { rotation } });
  });

  test('is not removed while a rule or a freeze of the policy in force names it', async () => {
    const id = await saveSchedule(administrator, fresh);
    const onCall = [{ id, name: 'Platform' }];
    const rule = { ...testRule(1), when: { ...testRule(1).when, onCall } };
    const freeze = testFreeze(1, { when: rule.when });
    const saves = (policy: object, version: number) =>
      savePolicy(administrator, { document: policyOf(policy), note: 'x', version });
    for (const [version, named] of [{ rules: [rule] }, { freezes: [freeze] }].entries()) {
      await saves(named, version);
      const removing = removeSchedule(administrator, { id, version: 1 });
      await expect(removing).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('The policy names it'),
      });
    }
    await saves({}, 2);
    await removeSchedule(administrator, { id, version: 1 });
    expect(await db().$count(dutySchedules)).toBe(0);
  });

  test('is refused with the field that is wrong', async () => {
    const broken = saveSchedule(administrator, { ...fresh, rotation: { ...rotation, people: [] } });
    await expect(broken).rejects.toMatchObject({ code: 'malformed', field: 'people' });
    const id = await saveSchedule(administrator, fresh);
    for (const [facts, field] of [
      [{ from: 'soon' }, 'from'],
      [{ until: hour(-2) }, 'until'],
      [{ from: hour(-3), until: hour(-2) }, 'until'],
    ] as const)
      await expect(overrideDuty(administrator, { ...over(id), ...facts })).rejects.toMatchObject({ field });
  });
});
