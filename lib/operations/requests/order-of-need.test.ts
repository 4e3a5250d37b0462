import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { assignments } from '#db/schema/inventory.ts';
import { requests } from '#db/schema/requests.ts';
import { type FakeRole, people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { cancel } from './cancel.ts';
import { extend } from './extend.ts';
import { resume } from './resume.ts';

const { ada, bo } = people;
const { onCall, alerts, breakFix, staging } = roles;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await empty('assignments');
  await inventory(onCall, ada.id);
  await inventory(alerts, onCall.scopeId);
  for (const person of [ada, bo]) await bench.reads(person);
});

/** The inventory knows that somebody, or a group, is eligible. */
async function inventory(
  { plane, roleId, scopeId, roleName, scopeName, scopeKind }: FakeRole,
  holder: string,
) {
  const role = { plane, roleId, scopeId, roleName, scopeName, scopeKind };
  const seen = { seenIn: randomUUID(), firstSeenAt: new Date() };
  const list = plane === 'group' ? 'group_eligible' : 'azure_eligible';
  await db()
    .insert(assignments)
    .values({
      ...{ id: randomUUID(), list: list as never, place: '/', kind: 'eligible', azureId: randomUUID() },
      ...{ ...role, ...seen, principalId: holder },
    });
}

const asked = async () => {
  await bench.fetchJobs();
  return bench.waiting.filter(({ name }) => name === 'provision').length;
};
/** The group is Graph's, what it gives is ARM's. */
const askedOfArm = () =>
  bench.azure.journal.filter(({ at, call }) => at === 'azure' && call === 'activate').length;
async function both(...more: FakeRole[]) {
  const { answers } = await bench.submits(ada, [alerts, onCall, ...more]);
  const idOf = (role: FakeRole) => answers.find(({ key }) => key === roleKey(role))?.requestId ?? '';
  return { group: idOf(onCall), given: idOf(alerts), answers };
}

describe('a role that only a group gives', () => {
  test('is asked for with the group, and filed with Azure once the group is active', async () => {
    const { group, given } = await both();
    expect(await bench.request(given)).toMatchObject({ status: 'filed', afterId: group, eligibilityId: '' });
    expect(await asked()).toBe(1);
    await bench.deliver();
    expect(askedOfArm()).toBe(0);
    expect(await bench.status(given)).toBe('filed');
    await bench.looks();
    expect(await bench.status(group)).toBe('active');
    await bench.pass(1, 0.25);
    expect(await bench.request(given)).toMatchObject({
      status: 'active',
      eligibilityId: alerts.givenBy.eligibilityId,
    });
    expect(await bench.actions(given)).toEqual(['filed', 'granted', 'activated']);
  });

  test('is refused without it, to who may not join it, and when nothing is known of it', async () => {
    const codes = async (person: typeof ada, ...wanted: FakeRole[]) =>
      (await bench.submits(person, wanted)).answers.map(({ refusal }) => refusal?.message ?? null);
    expect(await codes(ada, alerts)).toEqual([expect.stringContaining('through sg-oncall-platform')]);
    expect((await bench.submits(bo, [alerts])).answers[0]?.refusal?.code).toBe('not_eligible');
    await db().execute(sql`update assignments set gone_at = now() where principal_id = ${ada.id}`);
    expect((await bench.submits(ada, [alerts])).answers[0]?.refusal?.code).toBe('not_eligible');
    expect(await db().select().from(requests)).toEqual([]);
  });

  test('follows a group that was asked for before, and is filed at once while that is active', async () => {
    const group = await bench.files(ada, onCall);
    const given = await bench.files(ada, alerts);
    expect(await bench.request(given)).toMatchObject({ afterId: group });
    await cancel(bench.as(ada), given, bench.seal(ada));
    await bench.deliver();
    await bench.looks();
    const second = await bench.files(ada, alerts);
    expect(await bench.request(second)).toMatchObject({ afterId: null, status: 'filed' });
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(second)).toBe('active');
  });

  test('is filed at once while its group is active, though more time for that was asked for', async () => {
    const group = await bench.holds(ada, onCall);
    const more = { minutes: 30, justification: 'Not done yet', ticketNumber: '' };
    await extend(bench.as(ada), { requestId: group, ...more }, bench.seal(ada));
    const given = await bench.files(ada, alerts);
    expect(await bench.request(given)).toMatchObject({ afterId: null });
  });

  test('waits as long as Azure does not list it, and then goes on by itself', async () => {
    const { given } = await both();
    const late = bench.azure.person.azure.eligible;
    bench.azure.person.azure.eligible = async () => [];
    await bench.deliver();
    await bench.looks();
    await bench.pass(1, 0.25);
    expect(await bench.status(given)).toBe('filed');
    bench.azure.person.azure.eligible = late;
    await bench.pass(1, 0.25);
    expect(await bench.status(given)).toBe('active');
  });

  test('is asked for at a narrower place by its eligibility at the wider', async () => {
    const { given } = await both();
    const narrower = { scopeId: `${alerts.scopeId}/resourceGroups/rg-web`, eligibleScopeId: alerts.scopeId };
    await db().update(requests).set(narrower).where(eq(requests.id, given));
    await bench.deliver();
    await bench.looks();
    await bench.pass(1, 0.25);
    expect(await bench.request(given)).toMatchObject({ eligibilityId: alerts.givenBy.eligibilityId });
    expect(askedOfArm()).toBe(1);
  });

  test('needs one click when the person’s token was gone by the time the group was active', async () => {
    const { given } = await both();
    await bench.loseToken(given);
    await bench.deliver();
    expect(await bench.status(given)).toBe('filed');
    await bench.looks();
    await bench.pass(1, 0.25);
    expect(await bench.status(given)).toBe('needs_you');
    await resume(bench.as(ada), given, bench.seal(ada));
    await bench.deliver();
    await bench.pass(1, 0.25);
    expect(await bench.status(given)).toBe('active');
  });

  test('fails, and says why, when the group was taken back', async () => {
    await inventory(breakFix, ada.id);
    await inventory(alerts, breakFix.scopeId);
    await db().execute(sql`delete from assignments where principal_id = ${onCall.scopeId}`);
    const { answers } = await bench.submits(ada, [alerts, breakFix, staging]);
    const [group, free, given] = answers.map(({ requestId }) => requestId ?? '');
    await bench.deliver();
    expect([await bench.status(group ?? ''), await bench.status(free ?? '')]).toEqual([
      'awaiting_approval',
      'provisioning',
    ]);
    await bench.pass(30, 5);
    expect(await bench.status(given ?? '')).toBe('filed');
    expect(await bench.tokensOf(given ?? '')).toBe(1);
    await cancel(bench.as(ada), group ?? '', bench.seal(ada));
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(given ?? '')).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('sg-breakfix-network has to be active first'),
    });
    expect(await bench.tokensOf(given ?? '')).toBe(0);
  });

  test('can be taken back while it waits, by its person alone, once, and Azure never hears of it', async () => {
    const { given } = await both();
    await expect(cancel(bench.as(bo), given, bench.seal(bo))).rejects.toMatchObject({ code: 'not_found' });
    const tries = await Promise.allSettled(
      Array.from({ length: 4 }, () => cancel(bench.as(ada), given, bench.seal(ada))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await bench.actions(given)).toEqual(['filed', 'cancelled']);
    await bench.deliver();
    await bench.pass(3);
    expect(await bench.status(given)).toBe('withdrawn');
    expect(askedOfArm()).toBe(0);
  });

  test('cannot be taken back any more once its turn has come', async () => {
    const { given } = await both();
    await bench.deliver();
    await bench.looks();
    await expect(cancel(bench.as(ada), given, bench.seal(ada))).rejects.toMatchObject({
      code: 'not_cancellable',
    });
  });

  describe('whose group was active for a while', () => {
    /** Azure was asked, its answer is in doubt, and the group is gone. */
    async function inDoubt() {
      const { group, given } = await both();
      await bench.deliver();
      bench.azure.failNext('activate', new AzureFault('already_exists', { message: 'RoleAssignmentExists' }));
      await bench.looks();
      await bench.looks();
      expect(await bench.request(given)).toMatchObject({ status: 'filed', misses: 1 });
      await db().update(requests).set({ status: 'ended' }).where(eq(requests.id, group));
      return given;
    }

    test('cannot be taken back as if Azure had never been asked', async () => {
      const given = await inDoubt();
      await expect(cancel(bench.as(ada), given, bench.seal(ada))).rejects.toMatchObject({
        code: 'not_cancellable',
      });
    });

    test('stays in doubt as long as Azure may still show it, and fails without saying Azure was not asked', async () => {
      const given = await inDoubt();
      await bench.pass(10, 2);
      expect(await bench.status(given)).toBe('filed');
      await db().update(requests).set({ misses: 25 }).where(eq(requests.id, given));
      await bench.pass(4, 2);
      const { status, failure } = await bench.request(given);
      expect(status).toBe('failed');
      expect(failure).toContain('has to be active first');
      expect(failure).not.toContain('not asked');
    });
  });
});

test('what nobody has to join a group for is filed at once, in the order asked', async () => {
  const { answers } = await bench.submits(ada, [staging, onCall]);
  expect(answers.map(({ key }) => key)).toEqual([roleKey(staging), roleKey(onCall)]);
  expect(await asked()).toBe(2);
});
