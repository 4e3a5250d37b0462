import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { requestStory } from '#lib/queries/request-story.ts';
import { shellCounts } from '#lib/queries/shell-counts.ts';
import { answerChallenge } from './answer-challenge.ts';
import { cancel } from './cancel.ts';
import { end } from './end.ts';
import { extend } from './extend.ts';
import { resume } from './resume.ts';

const { ada, bo } = people;
const role = roles.staging;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const more = { minutes: 30, justification: 'Not done yet', ticketNumber: 'INC-1' };
const extends_ = (requestId: string, who = ada, ask = more) =>
  extend(bench.as(who), { requestId, ...ask }, bench.seal(who));
const exists = () => new AzureFault('already_exists', { message: 'RoleAssignmentExists' });

describe('more time for what is on', () => {
  test('is a second activation that starts when the first ends, and both are told of it', async () => {
    const id = await bench.holds(ada, role, 30);
    const { endsAt } = await bench.request(id);
    const next = await extends_(id);
    await bench.deliver();
    expect(await bench.request(next)).toMatchObject({
      ...{ status: 'scheduled', followsId: id, waitsForEnd: true },
      ...{ startsAt: endsAt, justification: 'Not done yet', ticketNumber: 'INC-1' },
    });
    expect(await bench.actions(next)).toEqual(['filed', 'scheduled']);
    expect(await bench.actions(id)).toEqual(['filed', 'granted', 'activated', 'extended']);

    await bench.pass(31);
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'expired', endedAt: endsAt });
    expect(await bench.request(next)).toMatchObject({ status: 'active', waitsForEnd: false });
    await bench.pass(31);
    expect(await bench.request(next)).toMatchObject({ status: 'ended', endCause: 'expired' });
  });

  test('silences the reminder of the end once Azure has taken it on, and not before', async () => {
    const isFollowed = async () =>
      (await shellCounts(bench.as(ada).actor)).running.windows.map((window) => window.isFollowed);
    const id = await bench.holds(ada, role, 30);
    expect(await isFollowed()).toEqual([false]);
    const next = await extends_(id);
    expect(await isFollowed()).toEqual([false]);
    await bench.loseToken(next);
    await bench.deliver();
    expect([await bench.status(next), await isFollowed()]).toEqual(['needs_you', [false]]);
    await resume(bench.as(ada), next, bench.seal(ada));
    await bench.deliver();
    expect([await bench.status(next), await isFollowed()]).toEqual(['scheduled', [true]]);
  });

  test('is not taken for a longer first one when Azure shows the second', async () => {
    const id = await bench.holds(ada, role, 10);
    const { endsAt } = await bench.request(id);
    const next = await extends_(id);
    await bench.deliver();
    await bench.advance(10.5);
    await bench.looks();
    await bench.watches();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endsAt });
    expect(await bench.status(next)).toBe('active');
  });

  test('is no difference to Azure while both are on record', async () => {
    const id = await bench.holds(ada, role, 10);
    const next = await extends_(id);
    await bench.deliver();
    await bench.watches();
    expect([await bench.status(id), await bench.status(next)]).toEqual(['active', 'scheduled']);
  });

  test('waits for the stronger sign-in that its token is given after, and goes on by it', async () => {
    const id = await bench.holds(ada, role, 30);
    const claims = '{"access_token":{"acrs":{"essential":true,"values":["p1"]}}}';
    const next = await extend(bench.as(ada), { requestId: id, ...more }, bench.seal(ada), { arm: claims });
    expect(await bench.deliver()).toEqual([]);
    expect(await bench.request(next)).toMatchObject({ status: 'needs_you', challenge: { claims } });
    expect(await bench.tokensOf(next)).toBe(0);
    expect(await bench.actions(next)).toEqual(['filed', 'step_up_asked']);
    await answerChallenge(bench.as(ada), next, { audience: 'arm', claims }, bench.seal(ada));
    await bench.deliver();
    expect(await bench.status(next)).toBe('scheduled');
  });

  test('is refused to a stranger as if it were not there, and writes nothing', async () => {
    const id = await bench.holds(ada, role);
    const before = await bench.entries();
    await expect(extends_(id, bo)).rejects.toMatchObject({ code: 'not_found' });
    expect(await bench.entries()).toBe(before);
  });

  test('is judged by the policy of now: no longer than it allows, and with its reason', async () => {
    const id = await bench.holds(ada, role);
    await expect(extends_(id, ada, { ...more, minutes: 481 })).rejects.toMatchObject({ code: 'too_long' });
    await expect(extends_(id, ada, { ...more, justification: '' })).rejects.toMatchObject({
      code: 'justification_missing',
    });
  });

  test('is refused for what is not on, and for what is over though Azure has not said so', async () => {
    const waiting = await bench.files(ada, roles.cluster, { minutes: 30 });
    await expect(extends_(waiting)).rejects.toMatchObject({ code: 'not_active' });
    const id = await bench.holds(ada, role, 10);
    await bench.advance(10.1);
    await expect(extends_(id)).rejects.toMatchObject({ code: 'not_active' });
  });

  test('asked for in several tabs at once is one follow-on', async () => {
    const id = await bench.holds(ada, role);
    const tabs = await Promise.allSettled(Array.from({ length: 5 }, () => extends_(id)));
    expect(tabs.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const tab of tabs)
      if (tab.status === 'rejected') expect(['already_extended', 'conflict']).toContain(tab.reason.code);
  });

  test('waits for its own approval, and begins when that comes after the end', async () => {
    const id = await bench.files(ada, roles.cluster, { minutes: 30 });
    await bench.deliver();
    await bench.decides(bo, id, true);
    await bench.deliver();
    await bench.looks();
    const next = await extends_(id);
    await bench.deliver();
    expect(await bench.status(next)).toBe('awaiting_approval');
    await bench.pass(31);
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'expired' });
    expect(await bench.request(next)).toMatchObject({ status: 'awaiting_approval', waitsForEnd: false });
    await bench.decides(bo, next, true);
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(next)).toBe('active');
  });

  test('that Azure refuses to take before the end is asked for again after it', async () => {
    const id = await bench.holds(ada, role, 10);
    const next = await extends_(id);
    bench.azure.failNext('activate', exists());
    await bench.deliver();
    expect(await bench.request(next)).toMatchObject({
      status: 'filed',
      failure: expect.stringContaining('once the first has ended'),
    });
    await bench.pass(9);
    expect(await bench.status(next)).toBe('filed');
    await bench.pass(3, 0.5);
    expect(await bench.request(next)).toMatchObject({ status: 'active', failure: null, waitsForEnd: false });
    expect(await bench.status(id)).toBe('ended');
  });

  describe('that Azure takes only after the end', () => {
    async function held(minutes = 60) {
      const id = await bench.holds(ada, role, minutes);
      await bench.pass(6);
      const next = await extends_(id);
      bench.azure.failNext('activate', exists());
      await bench.deliver();
      expect(await bench.status(next)).toBe('filed');
      return { id, next };
    }

    test('goes with the first when that is ended, and Azure is never asked for it again', async () => {
      const { id, next } = await held();
      await end(bench.as(ada), id, bench.seal(ada));
      expect([await bench.status(next), await bench.tokensOf(next)]).toEqual(['withdrawn', 0]);
      await bench.deliver();
      await bench.pass(60, 10);
      expect([await bench.status(id), await bench.status(next)]).toEqual(['ended', 'withdrawn']);
      expect(await bench.actions(next)).toEqual(['filed', 'cancelled']);
    });

    test('can be taken back by its person alone, once, while the first stays on', async () => {
      const { id, next } = await held();
      expect((await requestStory(bench.as(ada).actor, next))?.may.cancel).toBe(true);
      await expect(cancel(bench.as(bo), next, bench.seal(bo))).rejects.toMatchObject({ code: 'not_found' });
      const tries = await Promise.allSettled(
        Array.from({ length: 4 }, () => cancel(bench.as(ada), next, bench.seal(ada))),
      );
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect([await bench.status(id), await bench.status(next)]).toEqual(['active', 'withdrawn']);
      expect(await bench.tokensOf(next)).toBe(0);
    });

    test('cannot be taken back so once its start has come: Azure may be being asked', async () => {
      const { next } = await held(10);
      await bench.advance(4.2);
      await expect(cancel(bench.as(ada), next, bench.seal(ada))).rejects.toMatchObject({
        code: 'not_cancellable',
      });
    });
  });

  test('whose token is gone by then needs one click', async () => {
    const id = await bench.holds(ada, role, 10);
    const next = await extends_(id);
    bench.azure.failNext('activate', exists());
    await bench.deliver();
    await bench.loseToken(next);
    await bench.pass(12, 0.5);
    expect(await bench.status(next)).toBe('needs_you');
    await resume(bench.as(ada), next, bench.seal(ada));
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(next)).toBe('active');
  });

  test('goes on as asked when somebody removes the first one in Azure', async () => {
    const id = await bench.holds(ada, role, 30);
    const next = await extends_(id);
    await bench.deliver();
    await bench.pass(6);
    await bench.azure.person.azure.deactivate(fakeToken(ada.id), {
      ...role,
      requestId: id,
      principalId: ada.id,
      eligibilityId: '',
    });
    await bench.pass(2);
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'removed_in_azure' });
    expect(await bench.request(next)).toMatchObject({ status: 'scheduled', waitsForEnd: false });
  });
});
