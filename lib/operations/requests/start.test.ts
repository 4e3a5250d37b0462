import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { mirrorEligible, mirrorPolicies } from '#db/schema/mirror.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { contextClaims } from '#lib/domain/challenge.ts';
import { byDayAndNight, inForce, staged, stageOf } from '#lib/operations/approvals/testing/policy.ts';
import { decisionsAsk } from '#lib/operations/approvals/testing/step-up.ts';
import { onCall } from '#lib/operations/on-call/testing.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { myAccess } from '#lib/queries/my-access.ts';
import { answerChallenge } from './answer-challenge.ts';
import { end } from './end.ts';
import { extend } from './extend.ts';
import { start } from './start.ts';

const { ada, bo } = people;
const rules = [staged([stageOf([bo])], { useByMinutes: 600 })];
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  await decisionsAsk('never');
  await bench.reads(ada);
  await inForce({});
});

const more = { minutes: 30, justification: 'Not done yet', ticketNumber: 'INC-1' };
const extends_ = (requestId: string) => extend(bench.as(ada), { requestId, ...more }, bench.seal(ada));
async function signed(id: string): Promise<string> {
  await bench.signs(bo, id);
  await bench.deliver();
  expect(await bench.status(id)).toBe('approved');
  return id;
}

test('more time waits for signatures too, and begins at the end of what is on when it is started before', async () => {
  const id = await bench.holds(ada, roles.staging, 60);
  const { endsAt } = await bench.request(id);
  await inForce({ rules });
  const next = await extends_(id);
  await bench.deliver();
  expect(await bench.request(next)).toMatchObject({
    ...{ status: 'awaiting_signatures', followsId: id, waitsForEnd: true },
  });
  await signed(next);
  await bench.starts(ada, next);
  await bench.deliver();
  expect(await bench.request(next)).toMatchObject({ status: 'scheduled', startsAt: endsAt });
});

test('started after what it prolongs is over, it begins at once', async () => {
  const id = await bench.holds(ada, roles.staging, 30);
  await inForce({ rules });
  const next = await signed(await extends_(id));
  await bench.pass(32);
  expect(await bench.status(id)).toBe('ended');
  expect(await bench.request(next)).toMatchObject({ status: 'approved', waitsForEnd: false });
  await bench.starts(ada, next);
  await bench.deliver();
  await bench.looks();
  expect(await bench.request(next)).toMatchObject({ status: 'active', followsId: id, wantedStartAt: null });
});

test('whoever ends what is on is done with what waited to follow it: Azure is not asked', async () => {
  for (const isSigned of [false, true]) {
    await inForce({});
    const id = await bench.holds(ada, roles.staging, 60);
    await inForce({ rules });
    const next = await extends_(id);
    if (isSigned) await signed(next);
    await bench.advance(6);
    await end(bench.as(ada), id, bench.seal(ada));
    expect(await bench.status(next)).toBe('withdrawn');
    await bench.deliver();
    await bench.pass(1);
    expect(await bench.status(id)).toBe('ended');
  }
});

test('what was signed for the day does not begin at night, where the pinned version asks others', async () => {
  await inForce({ rules: byDayAndNight(new Date(), stageOf([bo]), stageOf([people.cy])) });
  const first = await signed(await bench.files(ada, roles.staging, { minutes: 30 }));
  const other = await signed(await bench.files(ada, roles.securityReader, { minutes: 30 }));
  await bench.starts(ada, first);
  await bench.pass(90);
  await expect(bench.starts(ada, other)).rejects.toMatchObject({
    ...{ code: 'policy_asks_more', message: expect.stringContaining('At night') },
  });
  expect(await bench.status(other)).toBe('approved');
});

test('PIM’s rules are looked at again: what is too long by now is not started, and stays to be started', async () => {
  await inForce({ rules });
  const id = await signed(await bench.files(ada, roles.staging, { minutes: 120 }));
  const [known] = await db()
    .select()
    .from(mirrorPolicies)
    .where(eq(mirrorPolicies.scopeId, roles.staging.scopeId));
  if (!known?.facts) throw new Error('no policy');
  const facts = { ...known.facts, maximumMinutes: 60 };
  await db().update(mirrorPolicies).set({ facts }).where(eq(mirrorPolicies.scopeId, roles.staging.scopeId));
  await expect(bench.starts(ada, id)).rejects.toMatchObject({ code: 'too_long' });
  await db().delete(mirrorEligible).where(eq(mirrorEligible.scopeId, roles.staging.scopeId));
  await expect(bench.starts(ada, id)).rejects.toMatchObject({ code: 'not_eligible' });
  expect(await bench.status(id)).toBe('approved');
});

test('a stronger sign-in that the role asks for comes at the start, not with the ask, and sends the same one on', async () => {
  await inForce({ rules });
  const id = await bench.files(ada, roles.privilegedRole, { minutes: 30 });
  expect(await bench.request(id)).toMatchObject({ status: 'awaiting_signatures', challenge: null });
  await signed(id);
  await bench.starts(ada, id);
  const { status, challenge } = await bench.request(id);
  expect([status, challenge?.claims]).toEqual(['needs_you', contextClaims('c1')]);
  expect(await bench.tokensOf(id)).toBe(0);
  await expect(bench.starts(ada, id)).rejects.toMatchObject({ code: 'conflict' });
  await answerChallenge(
    bench.as(ada),
    id,
    { audience: 'graph', claims: contextClaims('c1') },
    bench.seal(ada),
  );
  expect(await bench.status(id)).toBe('filed');
});

test('where no token is given before a stronger sign-in, the start is kept with it', async () => {
  await inForce({ rules });
  const id = await signed(await bench.files(ada, roles.staging, { minutes: 30 }));
  await start(bench.as(ada), id, bench.seal(ada), { arm: contextClaims('c2') });
  expect(await bench.request(id)).toMatchObject({ status: 'needs_you', challenge: { audience: 'arm' } });
});

test('a submit of several: each role is answered by its own rule', async () => {
  const [rule] = rules;
  if (!rule) throw new Error('no rule');
  const role = { ...roles.staging, id: roles.staging.roleId, name: roles.staging.roleName };
  await inForce({ rules: [{ ...rule, when: { ...rule.when, roles: [role] } }] });
  const { answers } = await bench.submits(ada, [roles.staging, roles.userAdministrator]);
  const statuses = await Promise.all(answers.map(({ requestId }) => bench.status(requestId ?? '')));
  expect(statuses).toEqual(['awaiting_signatures', 'filed']);
});

test('what was asked for an on-call window is cut to it when it is started late, and not started after it', async () => {
  await inForce({ rules });
  const id = await signed(await bench.files(ada, roles.staging, { minutes: 120 }));
  const startsAt = bench.now();
  const occurrenceId = await onCall(ada, startsAt, 120);
  await db().update(requests).set({ occurrenceId, wantedStartAt: startsAt }).where(eq(requests.id, id));
  await bench.advance(90);
  await bench.starts(ada, id);
  const { minutes } = await bench.request(id);
  expect([29, 30]).toContain(minutes);

  const other = await signed(await bench.files(ada, roles.userAdministrator, { minutes: 120 }));
  await db().update(requests).set({ occurrenceId }).where(eq(requests.id, other));
  await bench.advance(31);
  await expect(bench.starts(ada, other)).rejects.toMatchObject({ code: 'occurrence_over' });
});

describe('what is approved and waits to be started is open', () => {
  beforeEach(() => inForce({ rules }));

  test('the same role is not filed beside it, and Access says why', async () => {
    await signed(await bench.files(ada, roles.staging));
    await inForce({});
    await expect(bench.files(ada, roles.staging)).rejects.toMatchObject({ code: 'already_live' });
    const { eligible } = await myAccess(bench.as(ada).actor);
    expect(eligible.find(({ scopeId }) => scopeId === roles.staging.scopeId)?.blocked).toBe('already_live');
  });

  test('it counts among the requests that a person may have open', async () => {
    await signed(await bench.files(ada, roles.staging));
    await db().execute(sql`
      insert into requests select (jsonb_populate_record(r, jsonb_build_object(
        'id', gen_random_uuid(), 'role_id', 'role ' || n))).*
      from requests r, generate_series(1, 49) n`);
    await expect(bench.files(ada, roles.machines)).rejects.toMatchObject({ code: 'too_many_pending' });
  });

  test('it is closed, with the reason, once its requester has left or is eligible no more', async () => {
    const id = await signed(await bench.files(ada, roles.staging));
    const other = await signed(await bench.files(ada, roles.helpdesk));
    bench.proof.shows = async ({ scopeId }) => scopeId !== roles.staging.scopeId;
    await bench.advance(11);
    await bench.duties();
    expect(await bench.request(id)).toMatchObject({
      status: 'failed',
      failure: expect.stringMatching(/eligible/),
    });
    expect(await bench.status(other)).toBe('approved');
    ada.enabled = false;
    try {
      await bench.advance(11);
      await bench.duties();
    } finally {
      ada.enabled = true;
    }
    expect(await bench.request(other)).toMatchObject({ failure: expect.stringMatching(/disabled/) });
    await expect(bench.starts(ada, other)).rejects.toMatchObject({ code: 'conflict' });
  });
});
