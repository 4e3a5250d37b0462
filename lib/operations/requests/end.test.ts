import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { end } from './end.ts';
import { takeDueLooks } from './take-due-looks.ts';

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

const ends = (id: string, who = ada) => end(bench.as(who), id, bench.seal(who));
const held = () => bench.azure.reader.activated(role, ada.id);
const later = (kind: 'busy' | 'unknown_outcome') => new AzureFault(kind, { message: 'later' });
/** Someone with rights in Azure takes it away behind Stint’s back. */
const removeInAzure = (id: string) =>
  bench.azure.person.azure.deactivate(fakeToken(ada.id), {
    ...role,
    requestId: id,
    principalId: ada.id,
    eligibilityId: '',
  });

describe('ending one’s own activation', () => {
  test('tells Azure, and is called ended only when Azure no longer holds it', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    expect(await bench.status(id)).toBe('ending');
    expect(await held()).not.toBeNull();
    await bench.deliver();
    expect(await bench.status(id)).toBe('ending');
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({
      status: 'ended',
      endCause: 'ended_early',
      checkAt: null,
    });
    expect(await held()).toBeNull();
    expect((await bench.actions(id)).slice(3)).toEqual(['end_asked', 'ended']);
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('is refused in PIM’s first five minutes, with how long to wait, and not after', async () => {
    const id = await bench.holds(ada, role);
    await bench.advance(3);
    const before = await bench.entries();
    await expect(ends(id)).rejects.toMatchObject({
      code: 'under_the_floor',
      message: expect.stringContaining('in 2 min'),
    });
    expect(await bench.entries()).toBe(before);
    await bench.advance(2.1);
    await ends(id);
    expect(await bench.status(id)).toBe('ending');
  });

  test('is refused to a stranger as if it were not there', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    const before = await bench.entries();
    await expect(ends(id, bo)).rejects.toMatchObject({ code: 'not_found' });
    await expect(ends('00000000-0000-4000-8000-000000000000')).rejects.toMatchObject({ code: 'not_found' });
    expect(await bench.status(id)).toBe('active');
    expect(await bench.entries()).toBe(before);
  });

  test('is refused for what is not active', async () => {
    const id = await bench.files(ada, role);
    await expect(ends(id)).rejects.toMatchObject({ code: 'not_active' });
  });

  test('asked for many times at once is asked once', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    const clicks = await Promise.allSettled(Array.from({ length: 5 }, () => ends(id)));
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await bench.deliver();
    await bench.looks();
    expect((await bench.actions(id)).slice(3)).toEqual(['end_asked', 'ended']);
  });

  test.each(['before', 'after'] as const)(
    'is tried again when Azure’s answer is lost %s the effect',
    async (when) => {
      const id = await bench.holds(ada, role);
      await bench.pass(6);
      await ends(id);
      bench.azure.failNext('deactivate', later('unknown_outcome'), when);
      expect(await bench.deliver()).toHaveLength(1);
      expect(await bench.status(id)).toBe('ending');
      await bench.deliver();
      await bench.looks();
      expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
    },
  );

  test('that Azure refuses leaves it active, saying why', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    bench.azure.failNext('deactivate', new AzureFault('locked', { message: 'locked' }));
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({
      status: 'active',
      failure: expect.stringContaining('A lock on the resource'),
    });
    expect(await bench.actions(id)).toContain('end_failed');
    await bench.pass(3);
    expect(await bench.status(id)).toBe('active');
    await ends(id);
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ended', failure: null });
  });

  test('whose token is gone leaves it active, and can be asked for again', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({
      status: 'active',
      failure: expect.stringContaining('End it again'),
    });
  });

  test('whose job is lost is called active again while Azure holds it', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    await bench.fetchJobs();
    bench.waiting = [];
    await bench.pass(13, 0.2);
    expect(await bench.request(id)).toMatchObject({
      status: 'active',
      failure: 'Azure was not told in time. End it again.',
    });
    expect(await held()).not.toBeNull();
  });

  test('goes on while its job waits as long as a busy Azure says, and is done then', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    await bench.fetchJobs();
    const jobs = bench.waiting.splice(0);
    await bench.pass(7, 0.1);
    expect(await bench.request(id)).toMatchObject({ status: 'ending', failure: null });
    for (const job of jobs) await bench.run(job);
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
  });

  test('is not called ended by one look that misses it before Azure was told', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    await bench.fetchJobs();
    const jobs = bench.waiting.splice(0);
    const { activated } = bench.azure.reader;
    bench.azure.reader.activated = async () => null;
    await bench.pass(1);
    expect(await bench.status(id)).toBe('ending');
    bench.azure.reader.activated = activated;
    for (const job of jobs) await bench.run(job);
    await bench.looks();
    expect(await bench.status(id)).toBe('ended');
  });

  test('is left to the look by a job that comes again after Azure was told', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    await bench.fetchJobs();
    const jobs = bench.waiting.splice(0).filter(({ name }) => name === 'deactivate');
    const { reader } = bench.azure;
    const shown = await reader.activated(role, ada.id);
    reader.activated = async () => shown;
    for (const job of [...jobs, ...jobs]) await bench.run(job);
    expect(await bench.request(id)).toMatchObject({ status: 'ending', failure: null });
  });

  test('asked for again is another attempt; told twice it is the same', async () => {
    const { deactivate } = bench.azure.person.azure;
    const attempts: unknown[] = [];
    const faults = [later('busy'), new AzureFault('locked', { message: 'locked' })];
    bench.azure.person.azure.deactivate = async (token, of) => {
      attempts.push(of.attempt);
      const fault = faults.shift();
      if (fault) throw fault;
      return deactivate(token, of);
    };
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    await bench.deliver();
    await bench.deliver();
    await ends(id);
    await bench.deliver();
    const [first, second, third] = attempts;
    expect(attempts).toHaveLength(3);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
  test.each([0.5, 5, 20])(
    'goes on ending while Azure, which was told, still shows it: %d minutes',
    async (minutes) => {
      const id = await bench.holds(ada, role);
      await bench.pass(6);
      const { reader } = bench.azure;
      const honest = reader.activated;
      const shown = await honest(role, ada.id);
      reader.activated = async () => shown;
      await ends(id);
      await bench.deliver();
      await bench.pass(minutes - 0.1, 0.1);
      expect(await bench.status(id)).toBe('ending');
      reader.activated = honest;
      await bench.pass(1, 0.5);
      expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'ended_early' });
      expect(await bench.actions(id)).not.toContain('end_failed');
    },
  );

  test('counts as done when Azure says it is not active', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await ends(id);
    bench.azure.failNext('deactivate', new AzureFault('not_active', { message: '' }), 'after');
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('ended');
  });
});

describe('the end of the window', () => {
  test('is recorded as expired, at the moment Azure was told it would end', async () => {
    const id = await bench.holds(ada, role, 10);
    const { endsAt } = await bench.request(id);
    await bench.pass(9);
    expect(await bench.status(id)).toBe('active');
    await bench.pass(2);
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'expired', endedAt: endsAt });
    expect((await bench.audit(id)).at(-1)).toMatchObject({ details: { endCause: 'expired' } });
  });

  test('takes along the token with which a probe that never came would have asked', async () => {
    bench.azure.person.azure.works = async () => 'not_yet';
    const id = await bench.holds(ada, role, 10);
    expect(await bench.tokensOf(id)).toBe(1);
    await bench.pass(11);
    expect(await bench.status(id)).toBe('ended');
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('is not called ended while Azure still holds it, however long that takes', async () => {
    const id = await bench.holds(ada, role, 10);
    const { activated } = bench.azure.reader;
    const kept = await held();
    bench.azure.reader.activated = async () => kept;
    await bench.pass(30);
    expect(await bench.status(id)).toBe('active');
    bench.azure.reader.activated = activated;
    await bench.pass(1);
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'expired' });
  });

  test('moves with Azure’s own window', async () => {
    const id = await bench.holds(ada, role, 10);
    const { activated } = bench.azure.reader;
    const kept = await held();
    if (!kept) throw new Error('nothing is held');
    const endsAt = new Date(bench.now().getTime() + 3_600_000);
    bench.azure.reader.activated = async () => ({ ...kept, endsAt });
    await bench.pass(2);
    bench.azure.reader.activated = activated;
    expect((await bench.request(id)).endsAt).toEqual(endsAt);
  });
});

describe('what somebody removes in Azure', () => {
  test('is ended after two looks that miss it, not after one', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await removeInAzure(id);
    await bench.pass(1);
    expect(await bench.request(id)).toMatchObject({ status: 'active', misses: 1 });
    await bench.pass(1);
    expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'removed_in_azure' });
  });

  test('is not, when one look misses it and the next finds it', async () => {
    const id = await bench.holds(ada, role);
    const { activated } = bench.azure.reader;
    for (let n = 0; n < 3; n++) {
      bench.azure.reader.activated = async () => null;
      await bench.pass(1);
      bench.azure.reader.activated = activated;
      await bench.pass(1);
      expect(await bench.request(id)).toMatchObject({ status: 'active', misses: 0 });
    }
  });
});

describe('a look', () => {
  test('that saw an older state writes nothing', async () => {
    const id = await bench.holds(ada, role);
    await bench.pass(6);
    await bench.fetchJobs();
    const { activated } = bench.azure.reader;
    bench.azure.reader.activated = async (...asked) => {
      const seen = await activated(...asked);
      bench.azure.reader.activated = activated;
      await ends(id);
      return seen;
    };
    const before = await bench.request(id);
    await bench.advance(1);
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'ending', version: before.version + 2 });
  });

  test('that Azure cannot answer waits as told, half a minute at least, and changes nothing', async () => {
    const id = await bench.holds(ada, role, 10);
    await bench.advance(11);
    const before = await bench.request(id);
    const asked = () => bench.azure.journal.filter(({ call }) => call === 'activated').length;
    const busy = (retryAfterSeconds: number | null) =>
      bench.azure.failNext('activated', new AzureFault('busy', { message: '', retryAfterSeconds }));
    busy(120);
    expect(await bench.looks()).toEqual([]);
    expect(await bench.request(id)).toMatchObject({ status: 'active', version: before.version });
    const once = asked();
    await bench.pass(1.9, 0.4);
    expect(asked()).toBe(once);
    busy(null);
    await bench.advance(2.2);
    await bench.looks();
    expect(asked()).toBe(once + 1);
    await bench.advance(0.45);
    await bench.looks();
    expect(asked()).toBe(once + 1);
    await bench.advance(0.6);
    await bench.looks();
    expect(await bench.status(id)).toBe('ended');
  });

  test('that the Reader may not take is a failed job, and comes again by itself', async () => {
    const id = await bench.holds(ada, role, 10);
    await bench.advance(11);
    bench.azure.failNext('activated', new AzureFault('not_allowed', { message: '' }));
    expect(await bench.looks()).toMatchObject([{ kind: 'not_allowed' }]);
    bench.waiting = [];
    await bench.advance(1.1);
    await bench.looks();
    expect(await bench.status(id)).toBe('ended');
  });

  test('comes again by itself when its job dies', async () => {
    const id = await bench.holds(ada, role, 10);
    await bench.advance(11);
    await takeDueLooks(() => crypto.randomUUID());
    await bench.fetchJobs();
    bench.waiting = [];
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
    await bench.advance(0.6);
    await bench.looks();
    expect(await bench.status(id)).toBe('ended');
  });
});
