import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { actTokens } from '#db/schema/people.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault, type FaultKind, faultKinds } from '#lib/azure/faults.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { end } from './end.ts';
import { resume } from './resume.ts';

const { ada, bo } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
});

const fault = (kind: FaultKind) =>
  new AzureFault(kind, {
    status: 400,
    code: 'AzureCode',
    message: 'Azure’s words',
    rules: ['TicketingRule'],
  });
const resumed = (id: string, who = ada) => resume(bench.as(who), id, bench.seal(who));
const filings = () => bench.azure.journal.filter(({ call }) => call === 'activate').length;
/** What Azure holds for Ada on all planes. */
const held = async () => {
  const planes = Object.values(bench.azure.person);
  return (await Promise.all(planes.map((port) => port.active(fakeToken(ada.id), ada.id)))).flat();
};

test('a filed request is granted, seen active, and on record step by step', async () => {
  const id = await bench.files(ada, roles.onCall, { minutes: 30 });
  await bench.deliver();
  expect(await bench.status(id)).toBe('provisioning');
  await bench.looks();
  const row = await bench.request(id);
  expect(row).toMatchObject({ status: 'active', azureId: id, failure: null });
  expect(row.endsAt?.getTime()).toBe((row.startsAt?.getTime() ?? 0) + 30 * 60_000);
  const audit = await bench.audit(id);
  expect(audit.map((entry) => [entry.action, entry.actorKind, entry.actorId])).toEqual([
    ['request.filed', 'person', ada.id],
    ['request.granted', 'stint', 'provision'],
    ['request.activated', 'stint', 'look'],
    ['request.usable', 'stint', 'probe'],
  ]);
  expect(audit[1]?.traceId).toBe(audit[0]?.traceId);
});

test('it is not called active before Azure shows it', async () => {
  bench.azure.delayVisibility(90_000);
  const id = await bench.files(ada, roles.userAdministrator);
  await bench.deliver();
  for (let n = 0; n < 4; n++) {
    await bench.advance(0.25);
    await bench.looks();
    expect(await bench.status(id)).toBe('provisioning');
  }
  await bench.pass(1, 0.25);
  expect(await bench.status(id)).toBe('active');
});

test('nor because Azure still shows the activation before it', async () => {
  const earlier = await bench.holds(ada, roles.staging);
  await bench.pass(6);
  const { activated } = bench.azure.reader;
  const afterglow = await activated(roles.staging, ada.id);
  await end(bench.as(ada), earlier, bench.seal(ada));
  await bench.deliver();
  await bench.looks();
  expect(await bench.status(earlier)).toBe('ended');
  bench.azure.reader.activated = async () => afterglow;
  const id = await bench.files(ada, roles.staging);
  await bench.deliver();
  await bench.pass(1, 0.2);
  expect(await bench.status(id)).toBe('provisioning');
  bench.azure.reader.activated = activated;
  await bench.pass(1, 0.2);
  expect(await bench.status(id)).toBe('active');
});

test('a window that passes without Azure ever showing it has failed, with what to do', async () => {
  bench.azure.delayVisibility(86_400_000);
  const id = await bench.files(ada, roles.staging, { minutes: 10 });
  await bench.deliver();
  await bench.pass(12);
  expect(await bench.request(id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('Azure never showed the access'),
  });
});

describe('when Azure refuses for good', () => {
  const words: Partial<Record<FaultKind, string>> = {
    policy_refused: 'by the role’s policy: a ticket is missing',
    step_up_needed: 'did not say which',
    not_eligible: 'not eligible for this any more',
    already_exists: 'made outside Stint',
    not_allowed: 'does not allow this for your account (AzureCode)',
    locked: 'A lock on the resource',
    unlicensed: 'Entra ID P2',
    not_found: 'does not know this role or scope',
    too_short: 'at least five minutes',
    not_active: 'Azure refused it: Azure’s words',
    already_decided: 'Azure refused it: Azure’s words',
    not_cancellable: 'Azure refused it: Azure’s words',
    unrecognised: 'Azure refused it: Azure’s words',
  };
  const final = (Object.keys(faultKinds) as FaultKind[]).filter(
    // MFA that is missing does not fail it: it waits for the sign-in.
    (kind) => faultKinds[kind] !== 'later' && kind !== 'token_refused' && kind !== 'mfa_needed',
  );
  /** Activates the same role in Azure itself. */
  const takes = () =>
    bench.azure.person.azure.activate(bench.token(ada.id), {
      ...roles.staging,
      requestId: crypto.randomUUID(),
      principalId: ada.id,
      eligibilityId: '',
      justification: 'By hand',
      ticketNumber: '',
      ticketSystem: '',
      startsAt: null,
      minutes: 60,
    });
  test.each(final)(
    '(%s) the request fails at once, in our words, and is asked no second time',
    async (kind) => {
      const id = await bench.files(ada, roles.staging);
      const isTaken = kind === 'already_exists';
      if (isTaken) await takes();
      bench.azure.failNext('activate', fault(kind));
      expect(await bench.deliver()).toEqual([]);
      expect(await bench.request(id)).toMatchObject({
        status: 'failed',
        failure: expect.stringContaining(words[kind] ?? '(no words)'),
        checkAt: null,
      });
      expect((await bench.audit(id)).at(-1)).toMatchObject({
        action: 'request.failed',
        details: { azureCode: 'AzureCode', azureMessage: 'Azure’s words' },
      });
      expect(await bench.tokensOf(id)).toBe(0);
      await bench.pass(5);
      expect(filings()).toBe(isTaken ? 2 : 1);
      expect(await held()).toHaveLength(isTaken ? 1 : 0);
    },
  );
});

describe('when Azure cannot answer now', () => {
  const later = (Object.keys(faultKinds) as FaultKind[]).filter((kind) => faultKinds[kind] === 'later');
  test.each(later)(
    '(%s) the job is thrown back, nothing is written, and the next run succeeds',
    async (kind) => {
      const id = await bench.files(ada, roles.staging);
      bench.azure.failNext('activate', fault(kind));
      expect(await bench.deliver()).toMatchObject([{ kind }]);
      expect(await bench.status(id)).toBe('filed');
      expect(await bench.actions(id)).toEqual(['filed']);
      expect(await bench.tokensOf(id)).toBe(1);
      await bench.deliver();
      await bench.looks();
      expect(await bench.status(id)).toBe('active');
      expect(await held()).toHaveLength(1);
    },
  );

  test.each([roles.staging, roles.userAdministrator, roles.onCall])(
    'and the effect was there all the same ($plane), the second run finds the first',
    async (role) => {
      const id = await bench.files(ada, role);
      bench.azure.failNext('activate', fault('unknown_outcome'), 'after');
      expect(await bench.deliver()).toHaveLength(1);
      await bench.deliver();
      await bench.looks();
      expect(await bench.actions(id)).toEqual(['filed', 'granted', 'activated']);
      expect(await held()).toHaveLength(1);
    },
  );

  test('and its “exists already” is our own first try, that one is taken', async () => {
    const id = await bench.files(ada, roles.staging);
    bench.azure.failNext('activate', fault('unknown_outcome'), 'after');
    await bench.deliver();
    bench.azure.failNext('activate', fault('already_exists'));
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'provisioning', azureId: id });
  });

  describe('and it “has it already” while its lists show nothing of it', () => {
    let id: string;
    /** Our first try is granted, its answer lost, and no list shows the request for so long. */
    async function losesAnswer(role = roles.staging): Promise<void> {
      id = await bench.files(ada, role);
      const { azure } = bench.azure.person;
      const honest = azure.filed;
      azure.filed = async () => null;
      shows = () => {
        azure.filed = honest;
      };
      bench.azure.failNext('activate', fault('unknown_outcome'), 'after');
      expect(await bench.deliver()).toHaveLength(1);
      bench.azure.failNext('activate', fault('already_exists'));
      expect(await bench.deliver()).toEqual([]);
      expect(await bench.request(id)).toMatchObject({ status: 'filed', failure: null });
    }
    let shows: () => void;

    test('it is not called failed, and found as soon as the list shows it', async () => {
      await losesAnswer(roles.cluster);
      shows();
      await bench.pass(2, 0.5);
      expect(await bench.status(id)).toBe('awaiting_approval');
      expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval']);
    });

    test('it is found by the Reader too, when the person’s token is gone', async () => {
      bench.azure.delayVisibility(20 * 60_000);
      await losesAnswer();
      await bench.loseToken(id);
      await bench.pass(18);
      expect(await bench.status(id)).toBe('filed');
      await bench.pass(4);
      expect(await bench.status(id)).toBe('active');
      expect(await bench.actions(id)).toEqual(['filed', 'activated']);
      expect(await held()).toHaveLength(1);
    });

    test('it has failed when even Azure’s longest delay is over, not before', async () => {
      id = await bench.files(ada, roles.staging);
      const { azure } = bench.azure.person;
      azure.activate = async () => Promise.reject(fault('already_exists'));
      await bench.deliver();
      await bench.pass(20);
      expect(await bench.status(id)).toBe('filed');
      await bench.pass(10);
      expect(await bench.request(id)).toMatchObject({ status: 'failed', checkAt: null });
    });
  });

  test('and the job is lost with its queue, the look files it again, once', async () => {
    const id = await bench.files(ada, roles.staging);
    await bench.fetchJobs();
    bench.waiting = [];
    await bench.pass(3);
    expect(await bench.status(id)).toBe('active');
    expect(filings()).toBe(1);
  });
});

describe('when the token is gone', () => {
  test.each([
    ['too old', async (id: string) => void (await bench.loseToken(id))],
    ['refused by Azure', async () => void bench.azure.failNext('activate', fault('token_refused'))],
    [
      'sealed for another act',
      async () =>
        void (await db()
          .update(actTokens)
          .set({ sealed: bench.seal(ada)('another', 'arm') })),
    ],
  ])('(%s) the request needs its person, and one click sends the same one, once', async (_, lose) => {
    const id = await bench.files(ada, roles.staging);
    await lose(id);
    expect(await bench.deliver()).toEqual([]);
    expect(await bench.request(id)).toMatchObject({
      status: 'needs_you',
      failure: expect.stringContaining('Resume it'),
    });
    await resumed(id);
    await bench.deliver();
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({ status: 'active', failure: null });
    expect(await bench.actions(id)).toEqual(['filed', 'needs_person', 'resumed', 'granted', 'activated']);
    expect(await held()).toHaveLength(1);
  });

  test('and Azure had granted it, the access is found and shown without a click', async () => {
    const id = await bench.files(ada, roles.staging);
    bench.azure.failNext('activate', fault('unknown_outcome'), 'after');
    await bench.deliver();
    await bench.loseToken(id);
    await bench.deliver();
    expect(await bench.status(id)).toBe('needs_you');
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
  });

  test('and nobody comes, Stint stops looking after some minutes, and gives up after a day', async () => {
    const id = await bench.files(ada, roles.staging);
    await bench.loseToken(id);
    await bench.deliver();
    await bench.pass(10);
    const { status, checkAt, needsSince } = await bench.request(id);
    expect(status).toBe('needs_you');
    expect(checkAt?.getTime()).toBe((needsSince?.getTime() ?? 0) + 24 * 3_600_000);
    await bench.advance(24 * 60);
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('waited for 24 hours'),
    });
  });

  test('only its person resumes it, only then, and of two clicks one counts', async () => {
    const id = await bench.files(ada, roles.staging);
    await expect(resumed(id)).rejects.toMatchObject({ code: 'conflict' });
    await bench.loseToken(id);
    await bench.deliver();
    await expect(resumed(id, bo)).rejects.toMatchObject({ code: 'not_found' });
    const clicks = await Promise.allSettled([resumed(id), resumed(id), resumed(id)]);
    expect(clicks.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(clicks.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    });
    expect(await bench.actions(id)).toEqual(['filed', 'needs_person', 'resumed']);
    await bench.deliver();
    expect(await held()).toHaveLength(1);
  });
});

test('two runs of the same job at once file once and record once', async () => {
  const id = await bench.files(ada, roles.staging);
  await bench.fetchJobs();
  const [job] = bench.waiting;
  if (!job) throw new Error('no job was taken');
  await Promise.allSettled([bench.run(job), bench.run(job), bench.run(job)]);
  await bench.deliver();
  expect(await bench.actions(id)).toEqual(['filed', 'granted']);
  expect(await held()).toHaveLength(1);
});

test('a job delivered again, days later, changes nothing', async () => {
  const id = await bench.files(ada, roles.staging, { minutes: 5 });
  await bench.fetchJobs();
  const jobs = [...bench.waiting];
  await bench.deliver();
  await bench.pass(7);
  const before = await bench.request(id);
  for (const job of jobs) await bench.run(job);
  expect(await bench.request(id)).toEqual(before);
  expect(filings()).toBe(1);
});
