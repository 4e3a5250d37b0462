import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { cancel } from './cancel.ts';
import { takeDueLooks } from './take-due-looks.ts';

const { ada, bo } = people;
const role = roles.cluster;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const cancels = (id: string, who = ada) => cancel(bench.as(who), id, bench.seal(who));
const inAzure = async (id: string, at = role) =>
  (await bench.azure.person[at.plane].filed(fakeToken(ada.id), { requestId: id, azureId: null, role: at }))
    ?.status;
const waits = async () => {
  const id = await bench.files(ada, role);
  await bench.deliver();
  return id;
};
const busy = () => new AzureFault('busy', { message: 'busy' });

describe('taking back a request', () => {
  test('that waits for approval takes it from Azure, and says so on record', async () => {
    const id = await waits();
    await cancels(id);
    expect(await bench.status(id)).toBe('withdrawing');
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'withdrawn', checkAt: null });
    expect(await inAzure(id)).toBe('cancelled');
    expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval', 'cancel_asked', 'cancelled']);
    expect(await bench.tokensOf(id)).toBe(0);
  });

  test('that is scheduled does too', async () => {
    const id = await bench.files(ada, roles.staging, { startsAt: plusMinutes(bench.now(), 60) });
    await bench.deliver();
    await cancels(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('withdrawn');
    await bench.pass(62, 31);
    expect(await inAzure(id, roles.staging)).toBe('cancelled');
  });

  test('that Azure never got is as simple', async () => {
    const id = await bench.files(ada, role);
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('needs_you');
    await cancels(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('withdrawn');
  });

  test('is nobody else’s to do', async () => {
    const id = await waits();
    const before = await bench.entries();
    await expect(cancels(id, bo)).rejects.toMatchObject({ code: 'not_found' });
    expect(await bench.status(id)).toBe('awaiting_approval');
    expect(await bench.entries()).toBe(before);
  });

  test('is too late once it is granted', async () => {
    const id = await bench.files(ada, roles.staging);
    await expect(cancels(id)).rejects.toMatchObject({ code: 'not_cancellable' });
    await bench.deliver();
    await expect(cancels(id)).rejects.toMatchObject({ code: 'not_cancellable' });
    await bench.looks();
    await expect(cancels(id)).rejects.toMatchObject({ code: 'not_cancellable' });
  });

  test('twice at once is once', async () => {
    const id = await waits();
    const clicks = await Promise.allSettled([cancels(id), cancels(id), cancels(id)]);
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await bench.deliver();
    expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval', 'cancel_asked', 'cancelled']);
  });

  test.each(['before', 'after'] as const)(
    'is tried again when Azure is busy, %s the effect',
    async (when) => {
      const id = await waits();
      await cancels(id);
      bench.azure.failNext('cancel', busy(), when);
      expect(await bench.deliver()).toMatchObject([{ kind: 'busy' }]);
      expect(await bench.status(id)).toBe('withdrawing');
      await bench.deliver();
      expect(await bench.status(id)).toBe('withdrawn');
    },
  );

  test('goes on while its job waits as long as a busy Azure says, and is done then', async () => {
    const id = await waits();
    await cancels(id);
    await bench.fetchJobs();
    const jobs = bench.waiting.splice(0);
    await bench.pass(7);
    expect(await bench.request(id)).toMatchObject({ status: 'withdrawing', failure: null });
    for (const job of jobs) await bench.run(job);
    expect(await bench.status(id)).toBe('withdrawn');
    expect(await bench.actions(id)).not.toContain('cancel_failed');
  });
});

describe('Azure has the last word', () => {
  test('what its lists do not show yet is cancelled by its name, not believed gone', async () => {
    const id = await bench.files(ada, role);
    await bench.deliver();
    const { azure } = bench.azure.person;
    const honest = azure.filed;
    azure.filed = async () => null;
    await cancel(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    expect(await bench.status(id)).toBe('withdrawn');
    azure.filed = honest;
    const filed = await azure.filed(bench.token(ada.id), { requestId: id, azureId: id, role });
    expect(filed?.status).toBe('cancelled');
  });

  test('what was approved a moment before is granted, and the row says so', async () => {
    const id = await waits();
    await cancels(id);
    await bench.azure.person.azure.decide(fakeToken(bo.id), {
      approvalId: id,
      decision: 'approve',
      justification: '',
    });
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
    expect(await bench.actions(id)).toEqual([
      'filed',
      'awaiting_approval',
      'cancel_asked',
      'granted',
      'activated',
    ]);
  });

  test('what was approved and is over by then is not said to be on its way', async () => {
    const id = await waits();
    await cancels(id);
    await bench.azure.person.azure.decide(fakeToken(bo.id), {
      approvalId: id,
      decision: 'approve',
      justification: '',
    });
    await bench.advance(300);
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('before Stint could look'),
    });
  });

  test('what was denied a moment before is denied', async () => {
    const id = await waits();
    await cancels(id);
    await bench.azure.person.azure.decide(fakeToken(bo.id), {
      approvalId: id,
      decision: 'deny',
      justification: '',
    });
    await bench.deliver();
    expect(await bench.status(id)).toBe('denied');
  });

  test('what ran out a moment before has lapsed', async () => {
    const id = await waits();
    await bench.advance(24 * 60 + 1);
    await cancels(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('lapsed');
  });
});

describe('what could not be taken back is what it was before', () => {
  const unsaid = { failure: expect.stringContaining('could not be told to cancel') };

  test('waiting, when it waited', async () => {
    const id = await waits();
    await cancels(id);
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'awaiting_approval', ...unsaid });
    expect((await bench.actions(id)).at(-1)).toBe('cancel_failed');
  });

  test('scheduled, when it was scheduled, though it once needed approval', async () => {
    const id = await bench.files(ada, role, { startsAt: plusMinutes(bench.now(), 600) });
    await bench.deliver();
    await bench.decides(bo, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('scheduled');
    await cancels(id);
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'scheduled', ...unsaid });
    await bench.pass(601, 100);
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
  });

  test('in need of its person, when Azure never had it', async () => {
    const id = await bench.files(ada, role);
    await bench.loseToken(id);
    await bench.deliver();
    await cancels(id);
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'needs_you', ...unsaid });
  });

  test('but is not given up by a look that was due before', async () => {
    const id = await waits();
    await bench.advance(1.1);
    await takeDueLooks(randomUUID);
    await cancels(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('withdrawn');
    expect(await bench.actions(id)).not.toContain('cancel_failed');
  });

  test('also when the job is lost with its queue', async () => {
    const id = await waits();
    await cancels(id);
    await bench.fetchJobs();
    bench.waiting = [];
    await bench.pass(11);
    expect(await bench.request(id)).toMatchObject({ status: 'awaiting_approval', ...unsaid });
    await cancels(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('withdrawn');
  });
});
