/** Ten at the same moment at Stint's own stages, over and over: one wins, the others hear who, and nothing is lost. */
import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect } from 'vitest';
import { db } from '#db/client.ts';
import { requestApprovals, signatures } from '#db/schema/approvals.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import type { Stage } from '#lib/domain/approval-policy.ts';
import { isLive } from '#lib/domain/request.ts';
import { acceptOffer } from './approvals/accept-offer.ts';
import { offer } from './approvals/offer.ts';
import { takeDueApprovals } from './approvals/take-due-approvals.ts';
import { inForce, persons, staged, stageOf } from './approvals/testing/policy.ts';
import { asJob } from './context.ts';
import type { EvaluationRecord } from './evaluations/evaluate.ts';
import { asks as pimAsks, question } from './evaluations/testing.ts';
import { codes, lines, race as play, won } from './racing.ts';
import { cancel } from './requests/cancel.ts';
import { type Bench, openBench } from './testing.ts';

const { ada, bo, cy, lou, petra, samir } = people;
const approvers = [bo, cy, petra, samir];
const offering = [...approvers, lou];
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
  await bench.reads(ada);
});
afterAll(() => bench?.close());

function race(what: string, stages: Stage[], round: () => Promise<void>): void {
  const asked = async () => {
    await inForce({ rules: [staged(stages, { lapseMinutes: 60, useByMinutes: 60 })] });
  };
  play(
    what,
    async () => {
      await bench.clear();
      id = await bench.files(ada, roles.staging, { minutes: 30 });
      await round();
    },
    asked,
  );
}

const who = (n: number) => approvers[n % approvers.length] ?? bo;
const signs = (n: number, approve = true) => bench.signs(who(n), id, approve);
const cancels = () => cancel(bench.as(ada), id, bench.seal(ada));
const duties = () => takeDueApprovals(asJob('due approvals', 'race'));
const one = stageOf(approvers);
const two = stageOf(offering, { signatures: 2 });

/** Whatever was taken is done three times at once, and told once. What waits is one request, in exactly one state. */
async function settles(): Promise<string[]> {
  await bench.deliverAtOnce(3);
  await bench.deliver();
  const actions = await bench.actions(id);
  const many = ['signature_intended', 'signed'];
  for (const once of new Set(actions.filter((action) => !many.includes(action))))
    expect(
      actions.filter((action) => action === once),
      once,
    ).toHaveLength(1);
  const [approval] = await db().select().from(requestApprovals).where(eq(requestApprovals.requestId, id));
  const status = await bench.status(id);
  const goesWith: Record<string, string[]> = {
    waiting: ['awaiting_signatures'],
    approved: ['approved', 'filed', 'provisioning', 'active'],
    denied: ['denied'],
    lapsed: ['lapsed'],
    closed: ['withdrawn', 'failed'],
  };
  expect(goesWith[approval?.state ?? '']).toContain(status);
  const signed = await db().select().from(signatures).where(eq(signatures.requestId, id));
  const counted = signed.filter(({ approve, state }) => approve && state === 'recorded');
  expect(new Set(counted.map(({ approverId }) => approverId)).size).toBe(counted.length);
  const rule = approval?.rule.then;
  const needed = rule?.is === 'stages' ? rule.stages.reduce((sum, stage) => sum + stage.signatures, 0) : 0;
  if (approval?.state === 'approved') expect(counted).toHaveLength(needed);
  expect(counted.length).toBeLessThanOrEqual(needed);
  if (!isLive(status)) expect(signed.some(({ state }) => state === 'intended')).toBe(false);
  const held = await bench.azure.reader.activated(roles.staging, ada.id);
  expect(held !== null).toBe(status === 'active' || status === 'provisioning');
  return actions;
}

race('sign × sign, one is enough', [one], async () => {
  const outcomes = await Promise.allSettled(lines((n) => signs(n)));
  expect(won(outcomes)).toBe(1);
  const [first] = await db().select().from(signatures);
  for (const lost of outcomes.filter(({ status }) => status === 'rejected')) {
    const { code, message } = (lost as PromiseRejectedResult).reason;
    // The winner’s own further clicks, and everybody else’s.
    if (code !== 'already_signed')
      expect([code, message]).toEqual(['already_decided', `${first?.approverName} approved this first.`]);
  }
  expect(await settles()).toContain('approved_by_stages');
});

race('sign × sign, two are needed', [two], async () => {
  const outcomes = await Promise.allSettled(lines((n) => signs(n)));
  expect(won(outcomes)).toBe(2);
  for (const code of codes(outcomes)) expect(['already_decided', 'already_signed']).toContain(code);
  expect(await settles()).toContain('approved_by_stages');
});

race('sign × sign, stage after stage', [one, one], async () => {
  await Promise.allSettled(lines((n) => signs(n)));
  await Promise.allSettled([...lines((n) => signs(n)), bench.deliverAtOnce(3)]);
  await bench.deliver();
  const outcomes = await Promise.allSettled(lines((n) => signs(n + 1)));
  expect(won(outcomes)).toBeLessThanOrEqual(1);
  expect(await settles()).toContain('approved_by_stages');
});

race('sign × sign, all of them shown the first of two stages', [one, one], async () => {
  const firsts = (n: number) => bench.signs(who(n), id, true, { shownStage: 1 });
  const outcomes = await Promise.allSettled([...lines(firsts), bench.deliverAtOnce(3)]);
  expect(won(outcomes.slice(0, -1))).toBe(1);
  for (const code of codes(outcomes))
    expect(['already_decided', 'already_signed', 'stage_moved']).toContain(code);
  const late = await Promise.allSettled([bench.deliver(), ...lines(firsts)]);
  expect(won(late.slice(1))).toBe(0);
  await bench.deliver();
  expect(await settles()).not.toContain('approved_by_stages');
});

race('sign × deny', [one], async () => {
  const outcomes = await Promise.allSettled(lines((n) => signs(n, n % 2 === 0)));
  expect(won(outcomes)).toBe(1);
  const actions = await settles();
  expect(actions.filter((action) => ['denied', 'approved_by_stages'].includes(action))).toHaveLength(1);
});

race('sign × deny, two are needed', [two], async () => {
  await Promise.allSettled(lines((n) => signs(n, n % 3 !== 0)));
  const actions = await settles();
  expect(actions.includes('approved_by_stages') && actions.includes('denied')).toBe(false);
});

race('sign × cancel', [one], async () => {
  const outcomes = await Promise.allSettled([
    ...lines((n) => (n % 2 === 0 ? signs(n) : cancels())),
    bench.deliverAtOnce(2),
  ]);
  for (const code of codes(outcomes))
    expect(['already_decided', 'already_signed', 'not_pending', 'not_cancellable', 'conflict']).toContain(
      code,
    );
  expect(await settles()).toContain('taken_back');
});

race('sign × lapse', [one], async () => {
  await bench.advance(59.999);
  const outcomes = await Promise.allSettled([
    ...lines((n) => signs(n)),
    ...[bench.advance(0.01), duties(), bench.deliverAtOnce(2)],
  ]);
  for (const code of codes(outcomes))
    expect(['already_decided', 'already_signed', 'not_pending']).toContain(code);
  await Promise.all(lines(duties));
  const actions = await settles();
  const ends = actions.filter((action) => action === 'lapsed' || action === 'approved_by_stages');
  expect(ends, actions.join(' ')).toHaveLength(1);
});

race(
  'sign × escalate',
  [stageOf([bo], { escalation: { afterMinutes: 30, approvers: persons(cy, petra, samir, lou) } })],
  async () => {
    await bench.advance(30.01);
    const outcomes = await Promise.allSettled([...lines((n) => signs(n)), ...lines(duties, 3)]);
    expect(won(outcomes)).toBeLessThanOrEqual(1 + 3);
    for (const code of codes(outcomes))
      expect(['already_decided', 'already_signed', 'not_found']).toContain(code);
    const actions = await settles();
    expect(actions).toContain('approved_by_stages');
  },
);

race('sign × an offer that is taken', [two], async () => {
  const terms = { minutes: 15 };
  const offered = {
    requestId: id,
    shownStage: 1,
    terms,
    reason: 'A quarter of an hour is enough',
    signs: true,
  };
  const offerId = await offer(bench.as(lou), offered);
  const takes = () => acceptOffer(bench.as(ada), { requestId: id, offerId });
  const outcomes = await Promise.allSettled(lines((n) => (n % 3 === 0 ? takes() : signs(n)), 12));
  for (const code of codes(outcomes))
    expect(['already_decided', 'already_signed', 'not_pending', 'offer_closed']).toContain(code);
  const actions = await settles();
  expect(actions).toContain('approved_by_stages');
  const isTaken = actions.includes('offer_accepted');
  expect((await bench.request(id)).minutes).toBe(isTaken ? 15 : 30);
});

race('start × start', [one], async () => {
  await signs(0);
  await bench.deliver();
  const outcomes = await Promise.allSettled(lines(() => bench.starts(ada, id)));
  expect(won(outcomes)).toBe(1);
  expect(new Set(codes(outcomes))).toEqual(new Set(['conflict']));
  await settles();
  await bench.looks();
  expect(await bench.status(id)).toBe('active');
});

race('start × lapse', [one], async () => {
  await signs(0);
  await bench.deliver();
  await bench.advance(59.999);
  await Promise.allSettled([...lines(() => bench.starts(ada, id)), bench.advance(0.01), ...lines(duties)]);
  await duties();
  const actions = await settles();
  expect(actions.filter((action) => action === 'started' || action === 'lapsed')).toHaveLength(1);
});

race('start × cancel', [one], async () => {
  await signs(0);
  await bench.deliver();
  await Promise.allSettled(lines((n) => (n % 2 === 0 ? bench.starts(ada, id) : cancels())));
  const actions = await settles();
  expect(actions.filter((action) => action === 'started' || action === 'taken_back')).toHaveLength(1);
});

const asksPim = () => pimAsks(question(ada, roles.staging, { minutes: 30, ticketNumber: '' }));

/** What PIM was told to let pass, at most once, is what the request went on with. */
async function pimHeard(outcomes: PromiseSettledResult<unknown>[], other: string): Promise<void> {
  const values = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const passed = values.filter((value) => (value as EvaluationRecord | undefined)?.outcome === 'approved');
  const actions = await bench.actions(id);
  const ends = actions.filter((action) => action === 'started_elsewhere' || action === other);
  expect(ends, actions.join(' ')).toHaveLength(1);
  expect(passed).toHaveLength(ends[0] === 'started_elsewhere' ? 1 : 0);
}

race('PIM asks × cancel', [one], async () => {
  await signs(0);
  await bench.deliver();
  const outcomes = await Promise.allSettled(
    lines((n): Promise<unknown> => (n % 2 === 0 ? asksPim() : cancels())),
  );
  await bench.deliver();
  await pimHeard(outcomes, 'taken_back');
});

race('PIM asks × lapse', [one], async () => {
  await signs(0);
  await bench.deliver();
  await bench.advance(59.999);
  const outcomes = await Promise.allSettled([...lines(asksPim, 5), bench.advance(0.01), ...lines(duties, 5)]);
  await duties();
  await pimHeard(outcomes, 'lapsed');
});

race('PIM asks × start', [one], async () => {
  await signs(0);
  await bench.deliver();
  const outcomes = await Promise.allSettled(
    lines((n): Promise<unknown> => (n % 2 === 0 ? asksPim() : bench.starts(ada, id))),
  );
  await pimHeard(outcomes, 'started');
});

race('sign × requester disabled', [one], async () => {
  await bench.advance(10.01);
  ada.enabled = false;
  try {
    await Promise.allSettled([...lines((n) => signs(n)), duties(), bench.deliverAtOnce(3)]);
    await settles();
  } finally {
    ada.enabled = true;
  }
  expect(await bench.request(id)).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('disabled'),
  });
});
