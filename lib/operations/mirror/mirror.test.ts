import { eq, ne } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { mirrorActive, mirrorEligible, mirrorPolicies, mirrorRoles, mirrorRuns } from '#db/schema/mirror.ts';
import { people as met } from '#db/schema/people.ts';
import { requestApprovers, requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { recordExport } from '#lib/operations/export-history.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';

const { ada, bo, cy } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(() => bench.reset());

const eligible = () => db().select().from(mirrorEligible).where(eq(mirrorEligible.principalId, ada.id));
const runs = (principalId: string) =>
  db().select().from(mirrorRuns).where(eq(mirrorRuns.principalId, principalId));
const calls = (call: string) => bench.azure.journal.filter((one) => one.call === call).length;
/** Activates outside Stint, with or without a mark of somebody’s choosing. */
const inAzure = (requestId: string, role = roles.cluster, startsAt: Date | null = null) =>
  bench.azure.person[role.plane].activate(fakeToken(ada.id), {
    ...role,
    requestId,
    principalId: ada.id,
    eligibilityId: '',
    justification: 'From the portal',
    ticketNumber: '',
    ticketSystem: '',
    startsAt,
    minutes: 60,
  });
const elsewhere = '11111111-0000-4000-8000-000000000001';

describe('reading one’s own access', () => {
  test('mirrors all three planes with their age, leaves no audit entry and no token', async () => {
    const before = await bench.entries();
    await bench.reads(ada);
    expect(new Set((await eligible()).map((row) => row.plane))).toEqual(new Set(['entra', 'azure', 'group']));
    expect((await runs(ada.id)).every((run) => run.readAt && !run.failure)).toBe(true);
    expect(await bench.entries()).toBe(before);
    expect(await db().$count(mirrorActive)).toBe(0);
  });

  test('keeps the old rows of a plane that fails, says why, and reads the others', async () => {
    await bench.reads(ada);
    const before = await eligible();
    await bench.advance(10);
    bench.azure.failNext('eligible', new AzureFault('busy', { message: 'busy' }));
    expect(await bench.reads(ada)).toEqual([]);
    expect(await eligible()).toHaveLength(before.length);
    const failed = (await runs(ada.id)).filter((run) => run.failure);
    expect(failed).toMatchObject([{ failure: expect.stringContaining('did not answer') }]);
    expect(failed[0]?.readAt?.getTime()).toBeLessThan(bench.now().getTime() - 9 * 60_000);
  });

  test('drops what Azure does not list any more', async () => {
    await bench.reads(ada);
    bench.azure.person.azure.eligible = async () => [];
    await bench.reads(ada);
    expect((await eligible()).filter((row) => row.plane === 'azure')).toEqual([]);
  });

  test('twice at once leaves each row once', async () => {
    await bench.holds(ada, roles.staging).catch(() => {});
    await inAzure(elsewhere, roles.onCall);
    bench.azure.person.group.eligible = async () => [];
    const { askRefresh } = await import('./ask-refresh.ts');
    for (let n = 0; n < 4; n++) await askRefresh(bench.as(ada), 'refresh-access', bench.seal(ada));
    await bench.fetchJobs();
    const jobs = bench.waiting.splice(0);
    await Promise.all(jobs.map((job) => bench.run(job)));
    expect(await db().select().from(mirrorActive)).toHaveLength(1);
  });

  test('that needs a stronger sign-in for Azure reads the rest, and says so of Azure', async () => {
    await bench.reads(ada);
    bench.azure.person.entra.eligible = async () => [];
    bench.azure.person.azure.eligible = async () => [];
    const { askRefresh } = await import('./ask-refresh.ts');
    await askRefresh(bench.as(ada), 'refresh-access', bench.seal(ada), { arm: '{}' });
    expect(await bench.deliver()).toEqual([]);
    const left = await eligible();
    expect(left.some(({ plane }) => plane === 'entra')).toBe(false);
    expect(left.some(({ plane }) => plane === 'azure')).toBe(true);
    const told = (await runs(ada.id)).filter(({ failure }) => failure);
    expect(told).toMatchObject([{ plane: 'azure', failure: expect.stringContaining('stronger sign-in') }]);
  });

  test('without a token any more reads nothing and breaks nothing', async () => {
    const { askRefresh } = await import('./ask-refresh.ts');
    await askRefresh(bench.as(ada), 'refresh-access', bench.seal(ada));
    await empty('act_tokens');
    expect(await bench.deliver()).toEqual([]);
    expect(await runs(ada.id)).toEqual([]);
  });

  test.each([
    ['denied', 'denied', 'deny'],
    ['approved', 'provisioning', 'approve'],
  ] as const)('finds what was %s in Azure, outside Stint', async (_, status, decision) => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    await bench.azure.person.azure.decide(fakeToken(bo.id), { approvalId: id, decision, justification: '' });
    await bench.reads(ada);
    expect(await bench.status(id)).toBe(status);
    expect((await bench.audit(id)).at(-1)?.details).toMatchObject({ where: 'azure' });
  });

  test('does not call on its way what Azure granted, and what was over, while nobody looked', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    await bench.azure.person.azure.decide(fakeToken(bo.id), {
      approvalId: id,
      decision: 'approve',
      justification: '',
    });
    await bench.advance(300);
    await bench.reads(ada);
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('before Stint could look'),
    });
  });

  test('finds an approval in Azure of a later start, which then does not lapse', async () => {
    await bench.reads(ada);
    const startsAt = plusMinutes(bench.now(), 3 * 24 * 60);
    const id = await bench.files(ada, roles.cluster, { startsAt });
    await bench.deliver();
    await bench.azure.person.azure.decide(fakeToken(bo.id), {
      approvalId: id,
      decision: 'approve',
      justification: '',
    });
    await bench.reads(ada);
    expect(await bench.request(id)).toMatchObject({ status: 'scheduled', startsAt });
    await bench.pass(25 * 60, 300);
    expect(await bench.status(id)).toBe('scheduled');
  });

  test('finds what was cancelled in Azure', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    await bench.azure.person.azure.cancel(fakeToken(ada.id), { azureId: id, role: roles.cluster });
    await bench.reads(ada);
    expect(await bench.status(id)).toBe('withdrawn');
  });

  test('says why Azure could not give what was approved', async () => {
    await bench.reads(ada);
    const waiting = await bench.files(ada, roles.cluster);
    const granted = await bench.files(ada, roles.staging);
    await bench.deliver();
    const { filed } = bench.azure.person.azure;
    bench.azure.person.azure.filed = async (...given) => {
      const known = await filed(...given);
      return known && { ...known, status: 'failed', azureStatus: 'FailedAsResourceIsLocked' };
    };
    await bench.reads(ada);
    for (const id of [waiting, granted]) {
      expect(await bench.request(id)).toMatchObject({
        status: 'failed',
        failure: expect.stringContaining('A lock on the resource'),
        checkAt: null,
      });
      expect((await bench.audit(id)).at(-1)?.details).toMatchObject({ where: 'azure' });
    }
  });

  test('leaves what is being provisioned to the look', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.staging);
    await bench.deliver();
    expect(await bench.reads(ada)).toEqual([]);
    expect(await bench.status(id)).toBe('provisioning');
  });

  test('a start more than a day ahead, approved in Azure and never reread, does not lapse before it', async () => {
    await bench.reads(ada);
    const startsAt = plusMinutes(bench.now(), 3 * 24 * 60);
    const id = await bench.files(ada, roles.cluster, { startsAt });
    await bench.deliver();
    const decision = { approvalId: id, decision: 'approve', justification: '' } as const;
    await bench.azure.person.azure.decide(fakeToken(bo.id), decision);
    await bench.pass(26 * 60, 300);
    expect(await bench.status(id)).toBe('awaiting_approval');
    await bench.pass(46 * 60 - 5, 300);
    await bench.pass(7);
    expect(await bench.request(id)).toMatchObject({ status: 'active', startsAt });
  });
});

describe('learning roles', () => {
  test('reads the policies of what a person may have, once in a while', async () => {
    await bench.reads(ada);
    const mine = (await eligible()).length;
    expect(await db().$count(mirrorPolicies)).toBe(mine);
    expect(await db().$count(mirrorRoles)).toBeGreaterThan(0);
    const asked = calls('policy');
    await bench.reads(ada);
    expect(calls('policy')).toBe(asked);
    await bench.advance(6);
    await bench.reads(ada);
    expect(calls('policy')).toBe(asked + mine);
  });

  test('says which one the Reader may not read, and reads the rest', async () => {
    bench.azure.failNext(
      'policy',
      new AzureFault('not_allowed', { code: 'AuthorizationFailed', message: '' }),
    );
    await bench.reads(ada);
    const failed = await db().select().from(mirrorPolicies);
    expect(failed.filter((row) => row.failure)).toMatchObject([
      { facts: null, failure: expect.stringContaining('AuthorizationFailed') },
    ]);
  });

  test('keeps what it knew of a role that may not be read now, and asks again at the next refresh', async () => {
    await bench.reads(ada);
    const mine = (await eligible()).length;
    await bench.advance(6);
    for (let n = 0; n < mine; n++)
      bench.azure.failNext('policy', new AzureFault('token_refused', { message: 'no token' }));
    await bench.reads(ada);
    const kept = await db().select().from(mirrorPolicies);
    expect(kept.filter((row) => row.facts && row.failure?.includes('token_refused'))).toHaveLength(mine);
    await bench.reads(ada);
    const learned = await db().select().from(mirrorPolicies);
    expect(learned.filter((row) => row.facts && !row.failure)).toHaveLength(mine);
  });

  test('reads the policy of a role whose definition it may not read, and the other way round', async () => {
    for (const call of ['policy', 'roleDefinition'] as const) {
      await bench.reset();
      const refuse = () => Promise.reject(new AzureFault('not_allowed', { message: '' }));
      Object.assign(bench.azure.reader, { [call]: refuse });
      await bench.reads(ada);
      const facts = (await db().select().from(mirrorPolicies)).filter((row) => row.facts);
      const definitions = await db().$count(mirrorRoles);
      expect([facts.length > 0, definitions > 0]).toEqual([call !== 'policy', call === 'policy']);
    }
  });

  test('is tried again when Azure is busy', async () => {
    bench.azure.failNext('policy', new AzureFault('busy', { message: 'busy' }));
    expect(await bench.reads(ada)).toMatchObject([{ kind: 'busy' }]);
    expect(await bench.deliver()).toEqual([]);
    expect(await db().$count(mirrorPolicies)).toBe((await eligible()).length);
  });
});

describe('reading what waits for one’s decision', () => {
  test('adopts a request filed in Azure itself, once, on record, and meets its person', async () => {
    await inAzure(elsewhere);
    await bench.reads(bo, 'refresh-approvals');
    await bench.reads(cy, 'refresh-approvals');
    await bench.reads(bo, 'refresh-approvals');
    const rows = await db().select().from(requests);
    expect(rows).toMatchObject([
      { origin: 'azure', status: 'awaiting_approval', requesterId: ada.id, azureId: elsewhere, minutes: 60 },
    ]);
    expect(await bench.actions(rows[0]?.id ?? '')).toEqual(['adopted']);
    expect(await db().$count(requestApprovers)).toBe(2);
    expect(await db().select().from(met).where(eq(met.objectId, ada.id))).toMatchObject([
      { name: 'Ada Lind' },
    ]);
    await bench.decides(bo, rows[0]?.id ?? '', true);
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(rows[0]?.id ?? '')).toBe('active');
  });

  test('makes those Azure lets decide approvers of what Stint filed, though the policy named none', async () => {
    await bench.reads(ada);
    await db()
      .update(mirrorPolicies)
      .set({ facts: { ...roles.cluster.policy, approvers: [] } });
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    await expect(bench.decides(bo, id, true)).rejects.toMatchObject({ code: 'not_found' });
    await bench.reads(bo, 'refresh-approvals');
    await bench.decides(bo, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('provisioning');
  });

  test('never makes anybody an approver of their own', async () => {
    await inAzure(elsewhere);
    const [waiting] = await bench.azure.person.azure.awaitingMe(fakeToken(bo.id));
    if (!waiting) throw new Error('nothing waits');
    bench.azure.person.azure.awaitingMe = async () => [waiting];
    await bench.reads(ada, 'refresh-approvals');
    expect(await db().$count(requestApprovers)).toBe(0);
    expect(await db().$count(requests)).toBe(0);
  });

  test('puts a request that ended here and waits in Azure into the queue again, as one of its own', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    await db()
      .update(requests)
      .set({ status: 'failed', azureId: null, checkAt: null })
      .where(eq(requests.id, id));
    for (let n = 0; n < 2; n++) await bench.reads(bo, 'refresh-approvals');
    const [again, ...more] = await db().select().from(requests).where(ne(requests.id, id));
    expect(more).toEqual([]);
    expect(again).toMatchObject({ status: 'awaiting_approval', azureId: id, requesterId: ada.id });
    expect(await bench.status(id)).toBe('failed');
    const [entry] = await bench.audit(again?.id ?? '');
    expect(entry).toMatchObject({ action: 'request.adopted', details: { follows: id, wasCalled: 'failed' } });
    await bench.decides(bo, again?.id ?? '', true);
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(again?.id ?? '')).toBe('active');
  });

  test('does so with what Stint calls taken back only once no list can lag so long', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.cluster);
    await bench.deliver();
    const gone = { status: 'withdrawn', endedAt: bench.now(), checkAt: null } as const;
    await db().update(requests).set(gone).where(eq(requests.id, id));
    await bench.reads(bo, 'refresh-approvals');
    expect(await db().$count(requests)).toBe(1);
    await bench.advance(31);
    await bench.reads(bo, 'refresh-approvals');
    const rows = await db().select().from(requests);
    expect(rows.map((row) => [row.status, row.azureId]).toSorted()).toEqual([
      ['awaiting_approval', id],
      ['withdrawn', null],
    ]);
  });

  test('finds it waiting though its person was asked for: the answer had been lost', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.cluster);
    bench.azure.failNext('activate', new AzureFault('unknown_outcome', { message: '' }), 'after');
    await bench.deliver();
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('needs_you');
    await bench.reads(bo, 'refresh-approvals');
    expect(await bench.request(id)).toMatchObject({
      status: 'awaiting_approval',
      azureId: id,
      failure: null,
    });
  });

  test('does not believe a mark of the person’s own on another role', async () => {
    await bench.reads(ada);
    const id = await bench.files(ada, roles.breakFix);
    await bench.deliver();
    await db().update(requests).set({ azureId: null }).where(eq(requests.id, id));
    await inAzure(elsewhere, roles.cluster);
    const forged = await bench.azure.person.azure.awaitingMe(fakeToken(bo.id));
    bench.azure.person.group.awaitingMe = async () => [];
    bench.azure.person.azure.awaitingMe = async () => forged.map((one) => ({ ...one, mark: id }));
    await db().update(requests).set({ plane: 'azure' }).where(eq(requests.id, id));
    await bench.reads(bo, 'refresh-approvals');
    expect(await db().select().from(requests).where(ne(requests.id, id))).toMatchObject([
      { roleId: roles.cluster.roleId, azureId: elsewhere, status: 'awaiting_approval' },
    ]);
  });

  test('does not believe a mark on somebody else’s request: anybody can type one', async () => {
    await bench.reads(bo);
    const victim = await bench.files(bo, roles.production);
    await bench.deliver();
    await inAzure(elsewhere);
    const forged = await bench.azure.person.azure.awaitingMe(fakeToken(cy.id));
    bench.azure.person.azure.awaitingMe = async () =>
      forged.filter((one) => one.azureId === elsewhere).map((one) => ({ ...one, mark: victim }));
    await db().delete(requestApprovers);
    await bench.reads(cy, 'refresh-approvals');
    const named = await db().select().from(requestApprovers);
    expect(named.filter((one) => one.requestId === victim)).toEqual([]);
    expect(named).toHaveLength(1);
  });
});

test('an export is on record, with whose and what part', async () => {
  const before = await bench.entries();
  await recordExport(bench.as(ada), { what: 'csv', query: 'plane=azure', after: null });
  expect(await bench.entries()).toBe(before + 1);
});
