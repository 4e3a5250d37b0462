import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { settings } from '#db/schema/settings.ts';
import { stepUpProofs } from '#db/schema/step-up.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { defaultSettings, type Settings } from '#lib/domain/settings.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { decide } from './approvals/decide.ts';
import type { PersonContext } from './context.ts';
import { activate } from './requests/activate.ts';
import { saveSetting } from './settings/save-setting.ts';
import { saveStepUp } from './settings/save-step-up.ts';

const { ada, bo, samir } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('settings step_up_proofs');
  await bench.reads(ada);
});

/** Somebody at a door: one call, for which they may show a sign-in. */
function calls(person: typeof ada, ...held: AppRole[]): PersonContext {
  const call = { sessionId: randomUUID(), act: 'what was sent', at: new Date() };
  return { ...bench.as(person, ...held), call };
}

/** The same sent again. */
const again = (ctx: PersonContext): PersonContext => ({
  ...ctx,
  call: ctx.call && { ...ctx.call, proven: undefined },
});

async function shows({ call }: PersonContext, minutesAgo = 0, contexts: string[] = []) {
  if (!call) throw new Error('no call');
  await db()
    .insert(stepUpProofs)
    .values({
      tokenHash: randomUUID(),
      sessionId: call.sessionId,
      act: call.act,
      signedInAt: new Date(call.at.getTime() - minutesAgo * 60_000),
      contexts,
      keptUntil: new Date(call.at.getTime() + 3_600_000),
    });
}

async function asks(rules: Partial<Settings['step_up']>) {
  const by = { changedAt: new Date(), changedById: 'x', changedByName: 'x' };
  await db()
    .insert(settings)
    .values({ key: 'step_up', value: { ...defaultSettings.step_up, ...rules }, ...by });
}

const submits = (ctx: PersonContext, ...which: (typeof roles.staging)[]) =>
  activate(
    ctx,
    {
      roles: which.map((role) => ({ key: roleKey(role), minutes: 30 })),
      justification: 'A disk is full',
      ticketNumber: '',
      startsAt: null,
    },
    bench.seal(ada),
  );
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error) => `${error.code}${error.trouble ? `: ${error.trouble.slice(0, 27)}` : ''}`,
  );
const untaken = () => db().$count(stepUpProofs, sql`taken_at is null`);
const defines = ({ plane, roleId }: typeof roles.staging, isPrivileged: boolean) => {
  const nothing = { actions: [], notActions: [], dataActions: [], notDataActions: [] };
  const definition = {
    plane,
    id: roleId,
    name: 'x',
    description: '',
    isBuiltIn: true,
    isPrivileged,
    ...nothing,
  };
  return db()
    .insert(mirrorRoles)
    .values({ plane, roleId, definition, readAt: new Date() })
    .onConflictDoUpdate({ target: [mirrorRoles.plane, mirrorRoles.roleId], set: { definition } });
};

describe('an activation', () => {
  test('is not asked for a fresh sign-in unless settings say so', async () => {
    expect(await codeOf(submits(calls(ada), roles.staging))).toBe('ok');
  });

  test('is filed only with a sign-in shown for exactly this, which is then used up and on record', async () => {
    await asks({ activations: 'always' });
    const ctx = calls(ada);
    expect(await codeOf(submits(ctx, roles.staging))).toBe('proof_needed');
    expect(await db().$count(requests)).toBe(0);
    for (const other of [{ act: 'something else' }, { sessionId: randomUUID() }]) {
      await shows({ ...ctx, call: { act: 'x', sessionId: 'x', at: new Date(), ...ctx.call, ...other } });
    }
    expect(await codeOf(submits(again(ctx), roles.staging))).toBe('proof_needed');
    await shows(ctx);
    expect(await codeOf(submits(again(ctx), roles.staging))).toBe('ok');
    const [request] = await db().select().from(requests);
    const [entry] = await bench.audit(request?.id ?? '');
    expect(entry?.details).toMatchObject({ stepUp: { contexts: [], signedInAt: expect.any(String) } });
    expect(await codeOf(submits(again(ctx), roles.onCall))).toBe('proof_needed');
  });

  test('is asked where any of its roles is critical, or was never read; one sign-in serves them all', async () => {
    await asks({ activations: 'critical' });
    await db().delete(mirrorRoles);
    await defines(roles.staging, false);
    expect(await codeOf(submits(calls(ada), roles.staging))).toBe('ok');
    await db().delete(requests);
    const ctx = calls(ada);
    expect(await codeOf(submits(ctx, roles.staging, roles.onCall))).toBe('proof_needed');
    await shows(ctx);
    expect(await codeOf(submits(again(ctx), roles.staging, roles.onCall))).toBe('ok');
    expect(await db().$count(requests)).toBe(2);
    await db().delete(requests);
    await defines(roles.staging, true);
    expect(await codeOf(submits(calls(ada), roles.staging))).toBe('proof_needed');
  });

  test('of a group is asked as of a critical role: what the group gives is not known', async () => {
    await asks({ activations: 'critical' });
    await db().delete(mirrorRoles);
    await defines(roles.onCall, false);
    expect(await codeOf(submits(calls(ada), roles.onCall))).toBe('proof_needed');
  });

  test('needs the sign-in fresh, and the context met', async () => {
    await asks({ activations: 'always', context: 'c1', freshMinutes: 10 });
    const ctx = calls(ada);
    await shows(ctx, 11, ['c1']);
    expect(await codeOf(submits(ctx, roles.staging))).toBe('proof_needed: That sign-in was too long a');
    await db().delete(stepUpProofs);
    await shows(ctx, 1, ['c2']);
    expect(await codeOf(submits(again(ctx), roles.staging))).toBe(
      'proof_needed: That sign-in was not strong',
    );
    await shows(ctx, 9, ['c2', 'c1']);
    expect(await codeOf(submits(again(ctx), roles.staging))).toBe('ok');
  });

  test('that fails takes no sign-in', async () => {
    await asks({ activations: 'always' });
    const ctx = calls(ada);
    await shows(ctx, 99);
    expect(await codeOf(submits(ctx, roles.staging))).toContain('proof_needed');
    expect(await untaken()).toBe(1);
  });

  test('of the same, sent twice at once, takes one sign-in once', async () => {
    await asks({ activations: 'always' });
    const ctx = calls(ada);
    await shows(ctx);
    const both = await Promise.all([
      codeOf(submits(again(ctx), roles.staging)),
      codeOf(submits(again(ctx), roles.onCall)),
    ]);
    expect(both.toSorted()).toEqual(['ok', 'proof_needed']);
    expect(await db().$count(requests)).toBe(1);
  });

  test('that says nothing is refused whole, and a role nobody may have asks for nothing', async () => {
    const empty = { roles: [{ key: roleKey(roles.staging), minutes: 30 }], justification: 'test' };
    const filed = activate(bench.as(ada), { ...empty, ticketNumber: '', startsAt: null }, bench.seal(ada));
    await expect(filed).rejects.toMatchObject({ code: 'reason_unclear', field: 'justification' });
    await asks({ activations: 'always' });
    const { answers } = await submits(calls(ada), roles.production);
    expect(answers[0]?.refusal?.code).toBe('not_eligible');
  });
});

describe('a decision', () => {
  let id: string;
  beforeEach(async () => {
    id = await bench.files(ada, roles.cluster);
    await bench.deliver();
  });
  const decides = (ctx: PersonContext, approve = true, justification = 'Agreed') =>
    codeOf(decide(ctx, { requestId: id, approve, justification }, bench.seal(bo)));

  test('on a critical role asks for one though nobody ever saved a setting', async () => {
    id = await bench.files(ada, roles.breakFix);
    await bench.deliver();
    const ctx = calls(bo);
    expect(await decides(ctx)).toBe('proof_needed');
    await shows(ctx);
    expect(await decides(again(ctx))).toBe('ok');
  });

  test('on a role that is not critical asks for none, until a setting says so', async () => {
    expect(await decides(calls(bo))).toBe('ok');
  });

  test('asks as activations do, after it is known that the person may decide', async () => {
    await asks({ decisions: 'always' });
    expect(await decides(calls(people.lou))).toBe('not_found');
    const ctx = calls(bo);
    expect(await decides(ctx)).toBe('proof_needed');
    await shows(ctx);
    expect(await decides(again(ctx))).toBe('ok');
    expect((await bench.audit(id)).at(-1)?.details).toMatchObject({ stepUp: { contexts: [] } });
  });

  test('to deny needs a reason that says something; an approval’s is its own affair', async () => {
    await asks({ decisions: 'never' });
    expect(await decides(calls(bo), false, 'n/a')).toBe('reason_unclear');
    expect(await decides(calls(bo), true, 'n/a')).toBe('ok');
  });
});

describe('administration', () => {
  const administers = () => ({ ...calls(samir, 'Stint.Administrator'), administers: true });
  const rules = { ...defaultSettings.step_up, administration: true };
  const reasons = { key: 'reasons', value: { ...defaultSettings.reasons, shortest: 12 } } as const;

  test('asks where settings say so, of those who may, and says so on the record', async () => {
    await asks({ administration: true });
    const stranger = { ...calls(bo), administers: true };
    expect(await codeOf(saveSetting(stranger, { ...reasons, version: 0 }))).toBe('not_found');
    const ctx = administers();
    expect(await codeOf(saveSetting(ctx, { ...reasons, version: 0 }))).toBe('proof_needed');
    await shows(ctx);
    expect(await codeOf(saveSetting(again(ctx), { ...reasons, version: 0 }))).toBe('ok');
    const [entry] = await db()
      .select()
      .from(auditEntries)
      .where(sql`subject_kind = 'setting' and trace_id = ${ctx.traceId}`);
    expect(entry).toMatchObject({
      action: 'setting.changed',
      actorName: samir.name,
      details: { after: reasons.value, stepUp: { contexts: [] } },
    });
  });

  test('is switched on only by who passes it, by the rules they save', async () => {
    const value = { ...rules, context: 'c1' };
    const ctx = administers();
    await shows(ctx);
    expect(await codeOf(saveStepUp(ctx, { value, version: 0 }))).toContain('not strong');
    await shows(ctx, 0, ['c1']);
    expect(await codeOf(saveStepUp(again(ctx), { value, version: 0 }))).toBe('ok');
    expect(await codeOf(saveStepUp(administers(), { value, version: 0 }))).toBe('conflict');
  });

  test('is switched off only by who passes it, and its context is not changed in one go', async () => {
    await asks({ ...rules, context: 'c1' });
    const off = { ...defaultSettings.step_up, decisions: 'never' } as const;
    const ctx = administers();
    expect(await codeOf(saveStepUp(ctx, { value: off, version: 1 }))).toBe('proof_needed');
    const other = { ...rules, context: 'c2' };
    expect(await codeOf(saveStepUp(again(ctx), { value: other, version: 1 }))).toBe('malformed');
    await shows(ctx);
    const weaker = { ...rules, context: null };
    expect(await codeOf(saveStepUp(again(ctx), { value: weaker, version: 1 }))).toContain('not strong');
    await shows(ctx, 0, ['c1']);
    expect(await codeOf(saveStepUp(again(ctx), { value: off, version: 1 }))).toBe('ok');
  });

  test('of two who save at once, one wins', async () => {
    const off = { ...defaultSettings.step_up, decisions: 'never' } as const;
    const save = () => codeOf(saveStepUp(administers(), { value: off, version: 0 }));
    expect((await Promise.all([save(), save()])).toSorted()).toEqual(['conflict', 'ok']);
  });
});
