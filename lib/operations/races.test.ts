/** Ten at the same moment, over and over: one wins, the others hear who, and the outcome is on record once. */
import { randomBytes, randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, expect } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { needs } from '#db/schema/needs.ts';
import { decisions, requests } from '#db/schema/requests.ts';
import { differences } from '#db/schema/watch.ts';
import { testTenant } from '#db/testing.ts';
import { endSessionsOfDisabled } from '#lib/auth/end-sessions-of.ts';
import { findSession } from '#lib/auth/session.ts';
import { startSession } from '#lib/auth/start-session.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { codes, lines, race as play, racers, won } from './racing.ts';
import { addNeed } from './requests/add-need.ts';
import { cancel } from './requests/cancel.ts';
import { end } from './requests/end.ts';
import { extend } from './requests/extend.ts';
import { releaseNeed } from './requests/release-need.ts';
import { takeDueLooks } from './requests/take-due-looks.ts';
import { type Bench, openBench } from './testing.ts';
import { takeDueWatches } from './watch/take-due-watches.ts';

const { ada, bo, cy, petra } = people;
const approvers = [bo, cy, petra];
let bench: Bench<FakeAzure>;
let id: string;
beforeAll(async () => {
  process.env.STINT_SECRET = randomBytes(32).toString('base64');
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
  await bench.reads(ada);
});
afterAll(() => bench?.close());

/** Each round begins from an empty tenant. */
function race(what: string, round: () => Promise<void>): void {
  play(what, async () => {
    await bench.clear();
    await round();
  });
}

const decides = (n: number, approve: boolean) =>
  bench.decides(approvers[n % approvers.length] ?? bo, id, approve, `Racer ${n} has looked at it`);
const cancels = () => cancel(bench.as(ada), id, bench.seal(ada));
const ends = () => end(bench.as(ada), id, bench.seal(ada));
const held = () => bench.azure.reader.activated(roles.cluster, ada.id);

async function waits(): Promise<void> {
  id = await bench.files(ada, roles.cluster, { minutes: 30 });
  await bench.deliver();
}

/** All jobs three times and at once, then calm: whatever was taken is done and looked at. */
async function settles(): Promise<void> {
  await bench.deliverAtOnce(3);
  for (let n = 0; n < 3; n++) {
    await bench.deliver();
    await bench.advance(0.6);
    await bench.looks();
  }
}

/** Nothing is told twice, and of what excludes each other one thing is told. */
async function expectOneOutcome(): Promise<string[]> {
  const actions = await bench.actions(id);
  for (const once of new Set(actions))
    expect(
      actions.filter((one) => one === once),
      once,
    ).toHaveLength(1);
  const status = await bench.status(id);
  expect(status === 'active').toBe((await held()) !== null);
  const over = actions.filter((one) => ['denied', 'cancelled', 'lapsed', 'activated'].includes(one));
  expect(over, actions.join(' ')).toHaveLength(1);
  return actions;
}

/** One intent won; every other racer heard whose. */
async function expectWinner(outcomes: PromiseSettledResult<unknown>[]): Promise<void> {
  expect(won(outcomes)).toBe(1);
  const made = await db().select().from(decisions).where(eq(decisions.requestId, id));
  expect(made).toHaveLength(1);
  const [first] = made;
  const message = `${first?.approverName} ${first?.approve ? 'approved' : 'denied'} this first.`;
  for (const lost of outcomes.filter(({ status }) => status === 'rejected'))
    expect(lost).toMatchObject({ reason: { code: 'already_decided', message } });
}

race('approve × approve', async () => {
  await waits();
  await expectWinner(await Promise.allSettled(lines((n) => decides(n, true))));
  await settles();
  expect(await expectOneOutcome()).toEqual([
    ...['filed', 'awaiting_approval', 'approval_intended', 'approved', 'activated'],
  ]);
});

race('approve × deny', async () => {
  await waits();
  await expectWinner(await Promise.allSettled(lines((n) => decides(n, n % 2 === 0))));
  await settles();
  const actions = await expectOneOutcome();
  expect(actions.includes('activated')).toBe(actions.includes('approved'));
});

race('approve × cancel', async () => {
  await waits();
  const outcomes = await Promise.allSettled(lines((n) => (n % 2 === 0 ? decides(n, true) : cancels())));
  expect(won(outcomes)).toBeLessThanOrEqual(2);
  for (const code of codes(outcomes))
    expect(['already_decided', 'not_pending', 'not_cancellable', 'conflict']).toContain(code);
  await settles();
  await expectOneOutcome();
});

race('deny × cancel', async () => {
  await waits();
  await Promise.allSettled(lines((n) => (n % 2 === 0 ? decides(n, false) : cancels())));
  await settles();
  const actions = await bench.actions(id);
  expect(actions.filter((one) => one === 'denied' || one === 'cancelled')).toHaveLength(1);
  expect(await held()).toBeNull();
});

race('approve × expire', async () => {
  await waits();
  // PIM drops it in this very minute; the look that is due may come before or after the decisions.
  await bench.advance(24 * 60 - 0.005);
  await takeDueLooks(randomUUID);
  await Promise.allSettled([...lines((n) => decides(n, true)), bench.deliverAtOnce(3)]);
  await bench.advance(0.01);
  await settles();
  await expectOneOutcome();
});

race('approve × requester disabled', async () => {
  await waits();
  const { id: objectId, name } = ada;
  const person = {
    objectId,
    tenantId: testTenant,
    name,
    upn: 'ada.lind@contoso.example',
    kind: 'member',
  } as const;
  const more = { roles: [], sid: null, loginHint: null };
  const came = { tokens: '{}', replaces: null, userAgent: null, now: new Date(), traceId: 'race' };
  const session = await startSession({ person: { ...person, ...more }, ...came });
  const disables = () => endSessionsOfDisabled(objectId, { now: new Date(), traceId: 'race' });
  const outcomes = await Promise.allSettled([
    ...lines((n) => decides(n, true), racers / 2),
    ...lines(disables, racers / 2),
  ]);
  expect(won(outcomes)).toBe(1 + racers / 2);
  expect(await findSession(session.secret, new Date(), 'race')).toBeNull();
  const told = await db().select().from(auditEntries).where(eq(auditEntries.subjectId, session.id));
  expect(told.map(({ action }) => action).toSorted()).toEqual(['session.ended', 'session.started']);
  await settles();
  await expectOneOutcome();
});

race('end × expire', async () => {
  await waits();
  await decides(0, true);
  await settles();
  const { endsAt } = await bench.request(id);
  await bench.advance(((endsAt?.getTime() ?? 0) - bench.now().getTime()) / 60_000 - 0.005);
  await takeDueLooks(randomUUID);
  const outcomes = await Promise.allSettled([...lines(ends), bench.deliverAtOnce(3)]);
  expect(won(outcomes.slice(0, racers))).toBeLessThanOrEqual(1);
  for (const code of codes(outcomes)) expect(['not_active', 'conflict']).toContain(code);
  await bench.advance(0.01);
  await settles();
  expect(await bench.status(id)).toBe('ended');
  const actions = await bench.actions(id);
  for (const once of ['ended', 'end_asked'])
    expect(actions.filter((one) => one === once).length).toBeLessThan(2);
  expect(await held()).toBeNull();
});

const more = () =>
  extend(
    bench.as(ada),
    { requestId: id, minutes: 30, justification: 'Not done', ticketNumber: '' },
    bench.seal(ada),
  );
const follower = async () => {
  const rows = await db().select().from(requests).where(eq(requests.followsId, id));
  return rows.length > 1 ? rows : rows[0];
};

async function isOn(minutes = 60): Promise<void> {
  id = await bench.holds(ada, roles.staging, minutes);
}

race('extend × extend', async () => {
  await isOn();
  const outcomes = await Promise.allSettled(lines(more));
  expect(won(outcomes)).toBe(1);
  for (const code of codes(outcomes)) expect(['already_extended', 'conflict']).toContain(code);
  await bench.deliverAtOnce(3);
  expect(await follower()).toMatchObject({ status: 'scheduled', waitsForEnd: true });
});

race('extend × expire', async () => {
  await isOn(10);
  const { endsAt } = await bench.request(id);
  await bench.advance(((endsAt?.getTime() ?? 0) - bench.now().getTime()) / 60_000 - 0.005);
  await takeDueLooks(randomUUID);
  const outcomes = await Promise.allSettled([...lines(more), bench.deliverAtOnce(3)]);
  expect(won(outcomes.slice(0, racers))).toBeLessThanOrEqual(1);
  for (const code of codes(outcomes)) expect(['already_extended', 'not_active', 'conflict']).toContain(code);
  await bench.advance(0.01);
  await settles();
  expect(await bench.status(id)).toBe('ended');
  // What was taken before the end follows it; nothing else came of the others.
  const next = await follower();
  if (won(outcomes.slice(0, racers)) === 0) expect(next).toBeUndefined();
  else expect(next).toMatchObject({ status: 'active', waitsForEnd: false });
});

race('end × need added', async () => {
  await isOn();
  await bench.pass(6, 2);
  const asks = (n: number) =>
    addNeed(bench.as(ada), {
      ...{ requestId: id, ticketNumber: `CHG-${n}`, justification: 'Too', minutes: 20 },
    });
  const outcomes = await Promise.allSettled([
    ...lines(asks, racers / 2),
    ...lines(() => releaseNeed(bench.as(ada), { requestId: id, ticketNumber: 'INC-1' }, bench.seal(ada)), 5),
  ]);
  for (const code of codes(outcomes)) expect(['conflict', 'not_active', 'not_found']).toContain(code);
  const open = await db().$count(needs, and(eq(needs.requestId, id), isNull(needs.releasedAt)));
  // It ends when nothing needs it, and never while something does.
  expect(await bench.status(id)).toBe(open > 0 || won(outcomes) === 0 ? 'active' : 'ending');
  expect(won(outcomes)).toBeGreaterThan(0);
});

race('the same role twice', async () => {
  const answers = await Promise.all(lines(() => bench.submits(ada, [roles.cluster, roles.cluster])));
  const given = answers.flatMap(({ answers: each }) => each);
  const accepted = given.flatMap(({ requestId }) => requestId ?? []);
  expect(accepted).toHaveLength(1);
  expect(given.flatMap(({ refusal }) => refusal?.code ?? [])).toEqual(
    Array.from({ length: racers * 2 - 1 }, () => 'already_live'),
  );
  id = accepted[0] ?? '';
  await bench.deliverAtOnce(3);
  await bench.deliver();
  expect(await bench.actions(id)).toEqual(['filed', 'awaiting_approval']);
  expect(await db().$count(requests)).toBe(1);
});

race('watch × activation', async () => {
  await bench.advance(1.1);
  id = await bench.files(ada, roles.staging);
  await takeDueWatches(randomUUID);
  await bench.deliverAtOnce(racers);
  for (let n = 0; n < 3; n++) {
    await bench.looks();
    await bench.advance(1.1);
    await takeDueWatches(randomUUID);
    await takeDueLooks(randomUUID);
    await bench.deliverAtOnce(racers);
  }
  await bench.deliver();
  const rows = await db().select().from(requests);
  expect(rows.map((row) => [row.id, row.origin, row.status])).toEqual([[id, 'stint', 'active']]);
  expect(await bench.actions(id)).toEqual(['filed', 'granted', 'activated']);
  expect(await db().select().from(differences)).toEqual([]);
});
