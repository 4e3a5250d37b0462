import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { mirrorActive, mirrorRoles } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { answerChallenge } from '#lib/operations/requests/answer-challenge.ts';
import { end } from '#lib/operations/requests/end.ts';
import { keepChallenge } from '#lib/operations/requests/keep-challenge.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { myAccess } from './my-access.ts';
import { requestStory } from './request-story.ts';
import { shellCounts } from './shell-counts.ts';

const { ada, bo, lou, samir } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const actor = (person: { id: string; name: string }) => bench.as(person).actor;
const auditor = () => bench.as({ id: 'auden', name: 'Auden' }, 'Stint.Auditor').actor;
const waits = async (role = roles.cluster) => {
  const id = await bench.files(ada, role);
  await bench.deliver();
  return id;
};

describe('my access', () => {
  test('shows nothing of anybody else’s, and is empty for who has nothing', async () => {
    await bench.holds(ada, roles.staging);
    await waits();
    expect(await myAccess(actor(lou))).toMatchObject({
      active: [],
      pending: [],
      eligible: [],
      recent: [],
      readAt: null,
    });
  });

  test('shows the stronger sign-in a request waits for, and not once it went on', async () => {
    const id = await bench.files(ada, roles.privilegedRole);
    const pendingRow = async () => (await myAccess(actor(ada))).pending.find((row) => row.id === id);
    expect(await pendingRow()).toMatchObject({
      status: 'needs_you',
      stepUp: { what: 'a stronger sign-in (authentication context c1)', repeats: 0 },
    });
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    await answerChallenge(bench.as(ada), id, { audience: 'graph', claims }, bench.seal(ada));
    expect(await pendingRow()).toMatchObject({ status: 'filed', stepUp: null });
  });

  test('shows on the line of what is on the stronger sign-in that its end waits for', async () => {
    const id = await bench.holds(ada, roles.staging);
    const activeRow = async () => (await myAccess(actor(ada))).active.find((row) => row.requestId === id);
    expect(await activeRow()).toMatchObject({ stepUp: null });
    const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
    await keepChallenge(bench.as(ada), id, 'end', { audience: 'arm', claims }).catch(() => {});
    expect(await activeRow()).toMatchObject({
      status: 'active',
      stepUp: { what: 'multifactor authentication', repeats: 0 },
    });
  });

  test('judges a role again once its definition was read again', async () => {
    const dangers = async () =>
      (await myAccess(actor(ada))).eligible.find((row) => row.key === roleKey(roles.staging))?.dangers;
    const everything = { what: 'everything here', action: '*' };
    expect(await dangers()).not.toContainEqual(everything);
    await db()
      .update(mirrorRoles)
      .set({ definition: sql`definition || '{"actions": ["*"]}'`, readAt: new Date(0) });
    expect(await dangers()).toContainEqual(everything);
  });

  test('blocks what is live, and nothing else', async () => {
    await bench.holds(ada, roles.staging);
    await waits();
    const { eligible } = await myAccess(actor(ada));
    const blocked = new Map(eligible.flatMap((row) => (row.blocked ? [[row.key, row.blocked]] : [])));
    expect(blocked).toEqual(
      new Map([
        [roleKey(roles.staging), 'already_live'],
        [roleKey(roles.cluster), 'already_live'],
      ]),
    );
    expect(eligible.find((row) => row.key === roleKey(roles.machines))?.throughGroupName).toBe('sg-dev-vm');
    expect(eligible.find((row) => row.key === roleKey(roles.helpdesk))?.policy?.ticket).toBe(true);
  });

  test('shows an activation with its window and PIM’s floor, then pending apart from active', async () => {
    const id = await bench.holds(ada, roles.staging);
    const waiting = await waits();
    const early = await myAccess(actor(ada));
    expect(early.active).toMatchObject([{ requestId: id, status: 'active' }]);
    expect(early.active[0]?.endableAt).toBeInstanceOf(Date);
    expect(early.pending.map((row) => row.id)).toEqual([waiting]);
    await bench.advance(6);
    expect((await myAccess(actor(ada))).active[0]?.endableAt).toBeNull();
  });

  test('shows what was activated in Azure itself, once, and not what Stint knows or saw end', async () => {
    await bench.holds(ada, roles.staging);
    await bench.azure.person.group.activate(fakeToken(ada.id), {
      ...roles.onCall,
      requestId: '11111111-0000-4000-8000-000000000001',
      principalId: ada.id,
      eligibilityId: '',
      justification: 'x',
      ticketNumber: '',
      ticketSystem: '',
      startsAt: null,
      minutes: 60,
    });
    await bench.reads(ada);
    const { active } = await myAccess(actor(ada));
    expect(active.map((row) => [row.key, row.requestId === null])).toEqual([
      [roleKey(roles.staging), false],
      [roleKey(roles.onCall), true],
    ]);
    await bench.pass(6);
    const own = active[0]?.requestId ?? '';
    await end(bench.as(ada), own, bench.seal(ada));
    await bench.deliver();
    await bench.looks();
    expect((await myAccess(actor(ada))).active.map((row) => row.key)).toEqual([roleKey(roles.onCall)]);
    await bench.advance(60);
    expect((await myAccess(actor(ada))).active).toEqual([]);
  });

  test('keeps standing access apart: it was never activated', async () => {
    const { plane, roleId, scopeId, roleName, scopeName, scopeKind } = roles.machines;
    const names = { plane, roleId, scopeId, roleName, scopeName, scopeKind };
    await db()
      .insert(mirrorActive)
      .values({ principalId: ada.id, ...names, kind: 'standing', startsAt: null, endsAt: null });
    const { standing, active, eligible } = await myAccess(actor(ada));
    expect(standing.map((row) => row.key)).toEqual([roleKey(roles.machines)]);
    expect(active).toEqual([]);
    expect(eligible.find((row) => row.key === roleKey(roles.machines))?.blocked).toBeNull();
  });

  test('says how old it is, and nothing when a plane was never read', async () => {
    const { readAt } = await myAccess(actor(ada));
    await bench.advance(10);
    const later = await myAccess(actor(ada));
    expect(later.readAt).toEqual(readAt);
    expect(later.now.getTime() - (readAt?.getTime() ?? 0)).toBeGreaterThanOrEqual(10 * 60_000);
    await db().execute(`delete from mirror_runs where plane = 'group'`);
    expect((await myAccess(actor(ada))).readAt).toBeNull();
  });

  test('counts earlier activations of each role', async () => {
    await bench.holds(ada, roles.staging, 5);
    await bench.pass(6);
    const row = (await myAccess(actor(ada))).eligible.find((one) => one.key === roleKey(roles.staging));
    expect(row).toMatchObject({ activations: 1, blocked: null, lastActivatedAt: expect.any(Date) });
  });

  test('beside the navigation counts what is on, and the windows to count down', async () => {
    const { windows: none } = (await shellCounts(actor(ada))).running;
    const id = await bench.holds(ada, roles.staging);
    const counts = await shellCounts(actor(ada));
    expect([none, counts]).toMatchObject([
      [],
      { active: 1, running: { windows: [{ id, isFollowed: false }] } },
    ]);
    expect(counts.running.now.getTime()).toBeLessThan(counts.running.windows[0]?.endsAt.getTime() ?? 0);
    expect((await shellCounts(actor(lou))).running.windows).toEqual([]);
  });

  test('counts what was used at a narrower place for the role it came of', async () => {
    const id = await bench.holds(ada, roles.staging, 5);
    const scopeId = `${roles.staging.scopeId}/resourceGroups/rg-payments`;
    const eligibleScopeId = roles.staging.scopeId.toUpperCase();
    await db().update(requests).set({ scopeId, eligibleScopeId }).where(eq(requests.id, id));
    const row = (await myAccess(actor(ada))).eligible.find((one) => one.key === roleKey(roles.staging));
    expect(row).toMatchObject({ activations: 1, lastActivatedAt: expect.any(Date) });
  });
});

describe('a request’s story', () => {
  test('is for its person, its approvers and auditors; for others it is not there', async () => {
    const id = await waits();
    for (const who of [ada, bo]) expect((await requestStory(actor(who), id))?.id).toBe(id);
    expect((await requestStory(auditor(), id))?.id).toBe(id);
    for (const who of [lou, samir]) expect(await requestStory(actor(who), id)).toBeNull();
    for (const text of ['', 'x', `${id}'`, '00000000-0000-4000-8000-000000000000'])
      expect(await requestStory(actor(ada), text)).toBeNull();
  });

  test('offers each viewer only what they may do', async () => {
    const id = await waits();
    const may = async (who: Parameters<typeof requestStory>[0]) => (await requestStory(who, id))?.may;
    const none = {
      ...{ cancel: false, end: false, extend: false, resume: false, start: false },
      ...{ askAgain: false, decide: false, sign: false },
    };
    expect(await may(actor(ada))).toEqual({ ...none, cancel: true });
    expect(await may(actor(bo))).toEqual({ ...none, decide: true });
    expect(await may(auditor())).toEqual(none);
    await bench.decides(bo, id, false, 'Not now');
    await bench.deliver();
    expect(await may(actor(ada))).toEqual({ ...none, askAgain: true });
  });

  test('tells who did what and why, in order', async () => {
    const id = await waits();
    await bench.decides(bo, id, true, 'Known work');
    await bench.deliver();
    await bench.looks();
    const told = (await requestStory(actor(ada), id))?.timeline.map(({ who, what, quote }) => [
      who,
      what,
      quote,
    ]);
    expect(told).toEqual([
      ['Ada Lind', 'asked for 1 h', 'A disk is full'],
      ['Azure', 'waits for an approver', null],
      ['Bo Okafor', 'chose to approve', 'Known work'],
      ['Bo Okafor', 'approved', 'Known work'],
      ['Azure', 'shows it active', null],
    ]);
  });
});
