import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { linkedAccounts } from '#db/schema/approvals.ts';
import { decisions, requestApprovers } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault, type FaultKind } from '#lib/azure/faults.ts';
import { minutesBetween, plusMinutes } from '#lib/domain/time.ts';
import { asJob } from '#lib/operations/context.ts';
import { cancel } from '#lib/operations/requests/cancel.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { releaseStaleDecisions } from './apply-decision.ts';
import { frozenFor, inForce } from './testing/policy.ts';

const { ada, bo, cy, petra, samir, lou } = people;
const role = roles.cluster;
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await bench.reads(ada);
  id = await bench.files(ada, role);
  await bench.deliver();
});

const made = () => db().select().from(decisions).where(eq(decisions.requestId, id));
const inAzure = (who: { id: string }, decision: 'approve' | 'deny', justification = 'In the portal') =>
  bench.azure.person.azure.decide(fakeToken(who.id), { approvalId: id, decision, justification });
const fault = (kind: FaultKind) => new AzureFault(kind, { code: 'AzureCode', message: 'Azure’s words' });

test('a request that needs approval waits for those the policy names, never for its own person', async () => {
  expect(await bench.request(id)).toMatchObject({
    status: 'awaiting_approval',
    startsAt: null,
    endsAt: null,
  });
  const named = await db().select().from(requestApprovers).where(eq(requestApprovers.requestId, id));
  expect(named.map((one) => one.approverName).toSorted()).toEqual(['Bo Okafor', 'Cy Tran', 'Petra Holm']);
});

describe('a decision', () => {
  test('to approve gives the access, and both steps are on record with the reason', async () => {
    await bench.decides(bo, id, true, 'Known work');
    expect(await bench.status(id)).toBe('awaiting_approval');
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('active');
    expect(await bench.actions(id)).toEqual([
      'filed',
      'awaiting_approval',
      'approval_intended',
      'approved',
      'activated',
    ]);
    const [, , intended, approved] = await bench.audit(id);
    expect(intended).toMatchObject({ actorId: bo.id, details: { justification: 'Known work' } });
    expect(approved?.details).toMatchObject({ approverId: bo.id, justification: 'Known work' });
    expect(await made()).toMatchObject([{ state: 'recorded', approve: true, approverId: bo.id }]);
  });

  test('to deny ends it, with the reason', async () => {
    await bench.decides(cy, id, false, 'Not in a freeze');
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'denied', checkAt: null });
    expect((await bench.audit(id)).at(-1)?.details).toMatchObject({ justification: 'Not in a freeze' });
    expect(await bench.azure.reader.activated(role, ada.id)).toBeNull();
  });

  test('for a later start schedules it', async () => {
    await cancel(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    const startsAt = plusMinutes(bench.now(), 300);
    id = await bench.files(ada, role, { startsAt });
    await bench.deliver();
    await bench.decides(bo, id, true);
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({ status: 'scheduled', startsAt });
  });

  test('made hours later begins the window then, and Azure’s delay does not fail it', async () => {
    bench.azure.delayVisibility(120_000);
    await bench.pass(180, 30);
    await bench.decides(bo, id, true);
    await bench.deliver();
    await bench.looks();
    expect(await bench.status(id)).toBe('provisioning');
    await bench.pass(3, 0.5);
    const row = await bench.request(id);
    expect(row.status).toBe('active');
    expect(row.endsAt?.getTime()).toBeGreaterThan(bench.now().getTime());
  });

  test('needs a reason to deny, and none too long', async () => {
    await expect(bench.decides(bo, id, false, '')).rejects.toMatchObject({
      code: 'justification_missing',
      field: 'justification',
    });
    await expect(bench.decides(bo, id, true, 'x'.repeat(501))).rejects.toMatchObject({
      code: 'justification_too_long',
    });
    expect(await made()).toEqual([]);
    expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval']);
  });
});

describe('who decides', () => {
  test.each([lou, samir])('$name, no approver of this role, meets nothing', async (stranger) => {
    await expect(bench.decides(stranger, id, true)).rejects.toMatchObject({ code: 'not_found' });
    expect(await made()).toEqual([]);
    expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval']);
  });

  test('nobody their own, not even named an approver through a group', async () => {
    await expect(bench.decides(ada, id, true)).rejects.toMatchObject({ code: 'own_request' });
    await db().insert(requestApprovers).values({
      requestId: id,
      approverId: ada.id,
      approverName: ada.name,
      through: 'sg-approvers-platform',
    });
    await expect(bench.decides(ada, id, true)).rejects.toMatchObject({ code: 'own_request' });
    expect(await made()).toEqual([]);
  });

  test('nor by a second account of theirs, which PIM may name', async () => {
    const link = { ownerId: ada.id, linkedAt: bench.now(), linkedByName: 'Mira Novak' };
    await db()
      .insert(linkedAccounts)
      .values([
        { ...link, accountId: ada.id, accountName: 'Ada Lind' },
        { ...link, accountId: bo.id, accountName: 'Ada Lind (admin)' },
      ]);
    await expect(bench.decides(bo, id, true)).rejects.toMatchObject({ code: 'own_request' });
    await cancel(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    id = await bench.files(ada, role);
    await bench.deliver();
    await bench.reads(bo, 'refresh-approvals');
    const named = await db().select().from(requestApprovers).where(eq(requestApprovers.requestId, id));
    expect(named.map(({ approverId }) => approverId)).not.toContain(bo.id);
    await db().delete(linkedAccounts);
  });

  test('and the database itself refuses one’s own', async () => {
    const own = {
      id,
      requestId: id,
      requesterId: ada.id,
      approverId: ada.id,
      approverName: ada.name,
      approve: true,
      justification: '',
      state: 'intended' as const,
      origin: 'stint' as const,
      decidedAt: new Date(),
    };
    await expect(db().insert(decisions).values(own)).rejects.toThrow();
  });
});

describe('in a freeze', () => {
  const freezes = (from: number, until: number) => {
    const [begins, ends] = [from, until].map((minutes) => plusMinutes(bench.now(), minutes)) as [Date, Date];
    return inForce({ freezes: [frozenFor(begins, ends)] });
  };
  afterEach(() => inForce({}));

  test('nobody says yes to what was asked before it, and hears why; a no ends it all the same', async () => {
    await freezes(-5, 60);
    await expect(bench.decides(bo, id, true)).rejects.toMatchObject({
      code: 'frozen',
      message: expect.stringMatching(/until .* UTC \(Year end\).*sg-on-duty/),
    });
    expect(await made()).toEqual([]);
    expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval']);
    await bench.decides(bo, id, false, 'Not in a freeze');
    await bench.deliver();
    expect(await bench.status(id)).toBe('denied');
  });

  test('a later start counts: nobody says yes to one that lies in it, but in it to one after it', async () => {
    await cancel(bench.as(ada), id, bench.seal(ada));
    await bench.deliver();
    id = await bench.files(ada, role, { startsAt: plusMinutes(bench.now(), 300) });
    await bench.deliver();
    await freezes(290, 310);
    await expect(bench.decides(bo, id, true)).rejects.toMatchObject({ code: 'frozen' });
    await freezes(-5, 290);
    await bench.decides(bo, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('scheduled');
  });
});

describe('of two decisions', () => {
  test('the first counts, and the second hears whose it was', async () => {
    await bench.decides(bo, id, true);
    await expect(bench.decides(cy, id, false, 'No')).rejects.toMatchObject({
      code: 'already_decided',
      message: 'Bo Okafor approved this first.',
    });
  });

  test('made at the same moment one counts, and every other hears the winner’s name', async () => {
    const tries = await Promise.allSettled([
      bench.decides(bo, id, true),
      bench.decides(cy, id, false, 'No'),
      bench.decides(petra, id, true),
      bench.decides(bo, id, false, 'No'),
    ]);
    const [winner, ...others] = await made();
    expect(others).toEqual([]);
    for (const lost of tries.filter(({ status }) => status === 'rejected')) {
      const message = `${winner?.approverName} ${winner?.approve ? 'approved' : 'denied'} this first.`;
      expect(lost).toMatchObject({ reason: { code: 'already_decided', message } });
    }
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await bench.actions(id)).slice(2)).toEqual([
      winner?.approve ? 'approval_intended' : 'denial_intended',
    ]);
  });

  test('when Azure heard another first, its word stands and its person is named', async () => {
    await bench.decides(bo, id, true);
    await inAzure(cy, 'deny', 'Not today');
    await bench.deliver();
    expect(await bench.status(id)).toBe('denied');
    const rows = await made();
    expect(rows.find((row) => row.approverId === bo.id)).toMatchObject({
      state: 'lost',
      failure: 'Cy Tran denied this first.',
    });
    expect(rows.find((row) => row.approverId === cy.id)).toMatchObject({
      state: 'recorded',
      origin: 'azure',
      approve: false,
      justification: 'Not today',
    });
    expect((await bench.audit(id)).at(-1)?.details).toMatchObject({ approverId: cy.id, where: 'azure' });
  });

  test('of the same person, the one Azure heard first stands, not the later opposite', async () => {
    await bench.decides(bo, id, true);
    await inAzure(bo, 'deny');
    await bench.deliver();
    expect(await bench.status(id)).toBe('denied');
    expect((await made()).map((row) => [row.state, row.approve]).toSorted()).toEqual([
      ['lost', true],
      ['recorded', false],
    ]);
  });

  test('after the request is over, there is nothing to decide', async () => {
    await bench.decides(bo, id, false, 'No');
    await bench.deliver();
    await expect(bench.decides(cy, id, true)).rejects.toMatchObject({ code: 'already_decided' });
    const other = await bench.files(ada, roles.breakFix);
    await bench.deliver();
    await cancel(bench.as(ada), other, bench.seal(ada));
    await expect(bench.decides(bo, other, true)).rejects.toMatchObject({ code: 'not_pending' });
  });
});

describe('telling Azure', () => {
  test.each(['before', 'after'] as const)(
    'is tried again when the answer is lost %s the effect, and counts once',
    async (when) => {
      await bench.decides(bo, id, true);
      bench.azure.failNext('decide', fault('unknown_outcome'), when);
      expect(await bench.deliver()).toHaveLength(1);
      expect(await bench.status(id)).toBe('awaiting_approval');
      await bench.deliver();
      await bench.looks();
      expect((await bench.actions(id)).slice(2)).toEqual(['approval_intended', 'approved', 'activated']);
    },
  );

  test.each([
    ['by the same approver', bo],
    ['by another, in Azure', cy],
  ])('%s, and hearing of it hours later, begins the window when Azure was told', async (_, who) => {
    const toldAt = bench.now();
    await inAzure(who, 'approve');
    await bench.advance(200);
    await bench.decides(bo, id, true);
    await bench.deliver();
    const { status, startsAt, endsAt } = await bench.request(id);
    expect(status).toBe('provisioning');
    expect(minutesBetween(toldAt, startsAt ?? bench.now())).toBeCloseTo(0, 0);
    expect(endsAt).toEqual(startsAt && plusMinutes(startsAt, 60));
    await bench.looks();
    expect(await bench.request(id)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('before Stint could look'),
    });
  });

  test('three times is once', async () => {
    await bench.decides(bo, id, true);
    await bench.fetchJobs();
    const [job] = bench.waiting;
    if (!job) throw new Error('no job');
    for (let n = 0; n < 3; n++) await bench.run(job);
    await bench.deliver();
    await bench.looks();
    expect((await bench.actions(id)).slice(2)).toEqual(['approval_intended', 'approved', 'activated']);
  });

  test('that it refuses leaves the request waiting, the try failed in words, and room for another', async () => {
    await bench.decides(bo, id, true);
    bench.azure.failNext('decide', fault('not_allowed'));
    expect(await bench.deliver()).toEqual([]);
    expect(await made()).toMatchObject([
      { state: 'failed', failure: expect.stringContaining('does not allow this') },
    ]);
    expect((await bench.actions(id)).at(-1)).toBe('decision_failed');
    await bench.decides(cy, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('provisioning');
  });

  test('without a token any more is said, and may be decided again', async () => {
    await bench.decides(bo, id, true);
    const [row] = await made();
    await bench.loseToken(row?.id ?? '');
    await bench.deliver();
    expect(await made()).toMatchObject([
      { state: 'failed', failure: expect.stringContaining('Decide again') },
    ]);
    await bench.decides(bo, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('provisioning');
  });

  test('of what Azure no longer knows fails the decision at once instead of trying for ever', async () => {
    await bench.decides(bo, id, true);
    bench.azure.failNext('decide', fault('not_found'));
    bench.azure.failNext('approval', fault('not_found'));
    expect(await bench.deliver()).toEqual([]);
    expect(await made()).toMatchObject([{ state: 'failed' }]);
  });

  test('never done, its job lost, frees the request after a quarter of an hour', async () => {
    await bench.decides(bo, id, true);
    await bench.fetchJobs();
    bench.waiting = [];
    await bench.advance(14);
    await releaseStaleDecisions(asJob('sweep', 'test'));
    await expect(bench.decides(cy, id, true)).rejects.toMatchObject({ code: 'already_decided' });
    await bench.advance(2);
    await releaseStaleDecisions(asJob('sweep', 'test'));
    expect((await bench.actions(id)).at(-1)).toBe('decision_failed');
    await bench.decides(cy, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('provisioning');
  });
});

describe('a yes to somebody who is gone', () => {
  test('is not told to Azure: the approver reads why, and a no still closes it', async () => {
    ada.enabled = false;
    try {
      await bench.decides(bo, id, true);
      await bench.deliver();
      const [decision] = await made();
      expect(decision).toMatchObject({ state: 'failed', failure: expect.stringContaining('is disabled') });
      expect(await bench.status(id)).toBe('awaiting_approval');
      expect((await bench.actions(id)).at(-1)).toBe('decision_failed');
      await bench.decides(bo, id, false, 'They left');
      await bench.deliver();
      expect(await bench.status(id)).toBe('denied');
    } finally {
      ada.enabled = true;
    }
  });

  test('goes on where the Reader hears nothing: Azure has the last word', async () => {
    bench.azure.failNext('people', fault('busy'));
    await bench.decides(bo, id, true);
    await bench.deliver();
    expect(await bench.status(id)).toBe('provisioning');
  });
});

describe('nobody decides', () => {
  test('and after 24 hours it has lapsed, not before', async () => {
    await bench.pass(24 * 60 - 2, 120);
    expect(await bench.status(id)).toBe('awaiting_approval');
    await bench.pass(3);
    expect(await bench.request(id)).toMatchObject({ status: 'lapsed', checkAt: null });
    expect((await bench.actions(id)).at(-1)).toBe('lapsed');
  });

  test('in Stint, but somebody does in Azure: the look finds it active', async () => {
    await inAzure(bo, 'approve');
    await bench.pass(2);
    expect(await bench.status(id)).toBe('active');
  });
});

test('cancelling and approving at the same moment end as Azure took them', async () => {
  await Promise.allSettled([bench.decides(bo, id, true), cancel(bench.as(ada), id, bench.seal(ada))]);
  await bench.deliver();
  await bench.looks();
  const held = await bench.azure.reader.activated(role, ada.id);
  expect(await bench.status(id)).toBe(held ? 'active' : 'withdrawn');
});

test('a denial seen by a cancel and by its own decision at once is one outcome on record', async () => {
  await bench.decides(bo, id, false, 'No');
  await cancel(bench.as(ada), id, bench.seal(ada));
  await bench.fetchJobs();
  const [decision, withdrawal] = bench.waiting.splice(0);
  if (decision?.name !== 'decide' || !withdrawal) throw new Error('no jobs');
  await bench.azure.person.azure.decide(fakeToken(bo.id), {
    approvalId: id,
    decision: 'deny',
    justification: 'No',
  });
  await bench.run(withdrawal);
  await bench.run(decision);
  const actions = await bench.actions(id);
  expect(actions.filter((one) => one === 'denied')).toHaveLength(1);
  expect(actions.at(-1)).toBe('denial_confirmed');
  expect((await bench.audit(id)).at(-1)?.details).toMatchObject({ approverId: bo.id });
});
