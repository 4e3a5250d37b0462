import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { childScopeReads, childScopes } from '#db/schema/child-scopes.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { placesBelow } from '#lib/queries/places-below.ts';
import { openPlace } from './open-place.ts';

const { ada, bo } = people;
const { staging } = roles;
const key = roleKey(staging);
const payments = `${staging.scopeId}/resourceGroups/rg-payments`;
const vault = `${payments}/providers/Microsoft.KeyVault/vaults/kv-payments-stage`;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  for (const person of [ada, bo]) await bench.reads(person);
});

async function opens(scopeId: string, person = ada) {
  await openPlace(bench.as(person), { key, scopeId }, bench.seal(person));
  return bench.deliver();
}
const calls = () => bench.azure.journal.filter(({ call }) => call === 'below').length;
const below = (scopeId = staging.scopeId) => placesBelow(bench.as(ada).actor, { key, scopeId });
const narrower = (scopeId: string, facts: { startsAt?: Date; minutes?: number } = {}) =>
  bench.submits(ada, [], {
    roles: [{ key, minutes: facts.minutes ?? 60, narrowerScopeId: scopeId }],
    startsAt: facts.startsAt ?? null,
  });

describe('opening a place', () => {
  test('reads a level with the person’s own token, leaves no audit entry and no token', async () => {
    const before = await bench.entries();
    expect(await below()).toMatchObject({ places: [], reading: true });
    expect(await opens(staging.scopeId)).toEqual([]);
    expect(await below()).toMatchObject({ reading: false, failure: null });
    expect((await below())?.places.map(({ name }) => name)).toEqual(['rg-payments', 'rg-platform']);
    await opens(payments);
    expect((await below(payments))?.places).toMatchObject([{ id: vault, kind: 'resource' }]);
    expect(await bench.entries()).toBe(before);
    expect((await db().execute(sql`select * from act_tokens`)) as unknown).toMatchObject({ rows: [] });
  });

  test('of one known from a moment ago asks Azure nothing', async () => {
    await opens(staging.scopeId);
    await opens(staging.scopeId);
    expect(calls()).toBe(1);
    await bench.advance(31);
    await opens(staging.scopeId);
    expect(calls()).toBe(2);
  });

  test('twice at once is one reading', async () => {
    const asks = Array.from({ length: 4 }, () =>
      openPlace(bench.as(ada), { key, scopeId: staging.scopeId }, bench.seal(ada)),
    );
    await Promise.allSettled(asks);
    await bench.deliver();
    expect(calls()).toBeLessThanOrEqual(4);
    expect(await db().$count(childScopes)).toBe(2);
    expect(await db().$count(childScopeReads)).toBe(1);
  });

  test('is refused to who is not eligible there, and for a place nobody told of', async () => {
    await expect(opens(staging.scopeId, bo)).rejects.toMatchObject({ code: 'not_eligible' });
    await expect(opens(payments)).rejects.toMatchObject({ code: 'place_unknown' });
    await expect(opens('/subscriptions/other')).rejects.toMatchObject({ code: 'place_unknown' });
    expect(calls()).toBe(0);
  });

  test('says why Azure tells nothing, and keeps what it told before out of the list', async () => {
    bench.azure.failNext(
      'below',
      new AzureFault('not_allowed', { code: 'AuthorizationFailed', message: '' }),
    );
    await opens(staging.scopeId);
    expect(await below()).toMatchObject({
      places: [],
      reading: false,
      failure: expect.stringContaining('AuthorizationFailed'),
    });
  });

  test('learns the role’s policy there', async () => {
    await opens(staging.scopeId);
    await opens(payments);
    const rows = await db().select().from(mirrorPolicies);
    expect(rows.map(({ scopeId }) => scopeId)).toContain(payments);
  });
});

describe('asking for a role at a narrower place', () => {
  beforeEach(async () => {
    await opens(staging.scopeId);
    await opens(payments);
  });

  test('files it there, with the eligibility’s own scope beside, and it is looked at there', async () => {
    const { answers } = await narrower(payments);
    const id = answers[0]?.requestId ?? '';
    expect(await bench.request(id)).toMatchObject({
      scopeId: payments,
      scopeName: 'rg-payments',
      scopeKind: 'resource_group',
      eligibleScopeId: staging.scopeId,
    });
    expect((await bench.audit(id))[0]?.details).toMatchObject({
      scopeId: payments,
      eligibleScopeId: staging.scopeId,
    });
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
    expect(await bench.azure.reader.activated({ ...staging, scopeId: payments }, ada.id)).not.toBeNull();
    await bench.pass(61);
    expect(await bench.status(id)).toBe('ended');
  });

  test('the same submit sent twice is one request', async () => {
    const submissionId = '00000000-0000-4000-8000-0000000000aa';
    const submit = { roles: [{ key, minutes: 60, narrowerScopeId: payments }], submissionId };
    const [one, other] = await Promise.all([bench.submits(ada, [], submit), bench.submits(ada, [], submit)]);
    expect(one?.answers[0]?.requestId).toBe(other?.answers[0]?.requestId);
  });

  test('is refused for a place that is not known, not known lately, or another person’s', async () => {
    const code = async (scopeId: string) => (await narrower(scopeId)).answers[0]?.refusal?.code;
    expect(await code('/subscriptions/other/resourceGroups/x')).toBe('place_unknown');
    await bench.advance(61);
    expect(await code(payments)).toBe('place_unknown');
    // What was chosen a while ago is chosen again by opening it: the way to it is read anew.
    await opens(payments);
    expect(await code(payments)).toBeUndefined();
    const bos = await bench.submits(bo, [], {
      roles: [{ key: roleKey(roles.production), minutes: 30, narrowerScopeId: payments }],
    });
    expect(bos.answers[0]?.refusal?.code).toBe('place_unknown');
  });

  test('is refused while the same role is held wider, and not for a start after that', async () => {
    await bench.holds(ada, staging, 60);
    const { answers } = await narrower(vault);
    expect(answers[0]?.refusal).toMatchObject({
      code: 'held_wider',
      message: expect.stringContaining('Staging'),
    });
    expect((await below(payments))?.heldAt).toBe('Staging');
    const later = await narrower(vault, { startsAt: plusMinutes(bench.now(), 120) });
    expect(later.answers[0]?.refusal).toBeNull();
  });

  test('is one place however Azure’s lists write it: live once, and held wider', async () => {
    const capitals = sql`update child_scopes set id = replace(id, 'rg-payments', 'RG-Payments')`;
    expect((await narrower(payments)).answers[0]?.refusal).toBeNull();
    await bench.deliver();
    await bench.looks();
    await db().execute(capitals);
    expect((await narrower(payments)).answers[0]?.refusal?.code).toBe('already_live');
    expect((await narrower(vault)).answers[0]?.refusal?.code).toBe('held_wider');
  });

  test('is judged by the stricter of both policies', async () => {
    const facts = { ...unknownPolicy, maximumMinutes: 30, justification: false };
    await db()
      .insert(mirrorPolicies)
      .values({ ...at(payments), facts, readAt: bench.now() })
      .onConflictDoUpdate({
        target: [mirrorPolicies.plane, mirrorPolicies.roleId, mirrorPolicies.scopeId],
        set: { facts },
      });
    expect((await narrower(payments)).answers[0]?.refusal?.code).toBe('too_long');
    const { answers } = await narrower(payments, { minutes: 30 });
    expect((await bench.request(answers[0]?.requestId ?? '')).policy).toMatchObject({
      maximumMinutes: 30,
      justification: true,
    });
  });

  test('what Azure refuses there says where it can be asked for', async () => {
    bench.azure.failNext(
      'activate',
      new AzureFault('not_allowed', { status: 403, code: 'AuthorizationFailed', message: '' }),
    );
    const { answers } = await narrower(payments);
    await bench.deliver();
    expect(await bench.request(answers[0]?.requestId ?? '')).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('wider place'),
    });
  });
});

function at(scopeId: string) {
  return { plane: staging.plane, roleId: staging.roleId, scopeId };
}
