import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { requests } from '#db/schema/requests.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { roleKey } from '#lib/domain/assignment.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';

const { ada, bo, lou } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
afterAll(() => bench?.close());
beforeEach(async () => {
  await bench.reset();
  for (const person of [ada, bo, lou]) await bench.reads(person);
});

const refusals = (answers: { refusal: { code: string; field: string | null } | null }[]) =>
  answers.map(({ refusal }) => refusal?.code ?? null);

describe('a submit', () => {
  test('files each role by its own policy, all under one submission', async () => {
    const { submissionId, answers } = await bench.submits(ada, [
      roles.userAdministrator,
      roles.staging,
      roles.onCall,
      roles.privilegedRole,
    ]);
    expect(refusals(answers)).toEqual([null, null, null, null]);
    const rows = await db().select().from(requests);
    const asked = answers.map(({ requestId }) => rows.find(({ id }) => id === requestId));
    // What asks for a stronger sign-in is written down, and waits for it.
    expect(asked.map((row) => row?.status)).toEqual(['filed', 'filed', 'filed', 'needs_you']);
    for (const row of asked) expect(row).toMatchObject({ submissionId, requesterId: ada.id });
    expect(rows.find((row) => row.plane === 'azure')?.policy).toEqual(roles.staging.policy);
  });

  test('is on record with what was asked, before Azure hears of it', async () => {
    bench.azure.journal.length = 0;
    const id = await bench.files(ada, roles.staging, { minutes: 90 });
    expect(await bench.audit(id)).toMatchObject([
      {
        action: 'request.filed',
        actorKind: 'person',
        actorId: ada.id,
        actorName: 'Ada Lind',
        details: { roleName: 'Contributor', minutes: 90, justification: 'A disk is full' },
      },
    ]);
    expect(bench.azure.journal).toEqual([]);
  });

  test('refuses what the policy does not allow, and leaves nothing', async () => {
    const before = await bench.entries();
    const { answers } = await bench.submits(ada, [roles.helpdesk], { ticketNumber: '' });
    expect(answers[0]?.refusal).toMatchObject({ code: 'ticket_missing', field: 'ticketNumber' });
    expect(refusals((await bench.submits(ada, [roles.staging], { justification: '' })).answers)).toEqual([
      'justification_missing',
    ]);
    const tooLong = await bench.submits(ada, [roles.helpdesk], { minutes: 241 });
    expect(tooLong.answers[0]?.refusal?.message).toContain('at most 4 h');
    expect(await db().select().from(requests)).toEqual([]);
    expect(await bench.entries()).toBe(before);
  });

  test('refuses a stranger to the role, whoever else is eligible', async () => {
    expect(refusals((await bench.submits(lou, [roles.staging])).answers)).toEqual(['not_eligible']);
    expect(refusals((await bench.submits(ada, [roles.production])).answers)).toEqual(['not_eligible']);
    expect(await db().select().from(requests)).toEqual([]);
  });

  test('files the same role at another scope beside the first', async () => {
    const first = await bench.files(bo, roles.production);
    await bench.files(ada, roles.staging);
    expect(await bench.status(first)).toBe('filed');
  });

  test('files a role once, named twice in one submit, in two submits, or in two at the same moment', async () => {
    const twice = await bench.submits(ada, [roles.staging, roles.staging]);
    expect(refusals(twice.answers)).toEqual([null, 'already_live']);
    expect(refusals((await bench.submits(ada, [roles.staging])).answers)).toEqual(['already_live']);
    const racers = await Promise.all(Array.from({ length: 6 }, () => bench.submits(ada, [roles.onCall])));
    expect(refusals(racers.flatMap(({ answers }) => answers)).filter((code) => code === null)).toHaveLength(
      1,
    );
    const rows = await db().select().from(requests);
    expect(rows).toHaveLength(2);
    for (const { id } of rows) expect(await bench.actions(id)).toEqual(['filed']);
    await bench.fetchJobs();
    expect(bench.waiting.filter((job) => job.name === 'provision')).toHaveLength(2);
  });

  test('sent again, or five times at once, since its answer was lost, counts once and is answered as the first time', async () => {
    const asked = [roles.staging, roles.onCall, roles.staging];
    const submissionId = randomUUID();
    const sends = await Promise.all(
      Array.from({ length: 5 }, () => bench.submits(ada, asked, { submissionId })),
    );
    const [first] = sends;
    expect(refusals(first?.answers ?? [])).toEqual([null, null, 'already_live']);
    for (const one of sends) expect(one).toEqual(first);
    await bench.deliver();
    await bench.looks();
    await bench.pass(61);
    expect(await bench.status(first?.answers[0]?.requestId ?? '')).toBe('ended');
    expect(await bench.submits(ada, asked, { submissionId })).toEqual(first);
    expect(await db().select().from(requests)).toHaveLength(2);
  });

  test('under somebody else’s submission id is one’s own, and shows nothing of theirs', async () => {
    const submissionId = randomUUID();
    const theirs = await bench.submits(bo, [roles.production], { submissionId });
    const mine = await bench.submits(ada, [roles.production, roles.staging], { submissionId });
    expect(refusals(mine.answers)).toEqual(['not_eligible', null]);
    expect(mine.answers.map(({ requestId }) => requestId)).not.toContain(theirs.answers[0]?.requestId);
  });

  test('of nothing is malformed, and of too many is refused whole', async () => {
    await expect(bench.submits(ada, [])).rejects.toMatchObject({ code: 'malformed' });
    const many = Array.from({ length: 51 }, () => roles.staging);
    await expect(bench.submits(ada, many)).rejects.toMatchObject({ code: 'too_many_pending' });
    expect(await db().select().from(requests)).toEqual([]);
  });

  test('beside another of the same person at the same moment counts what that one files, and neither waits for ever', async () => {
    await bench.files(ada, roles.staging);
    await db().execute(sql`
      insert into requests select (jsonb_populate_record(r, jsonb_build_object(
        'id', gen_random_uuid(), 'role_id', 'role ' || n))).*
      from requests r, generate_series(1, 46) n`);
    const two = [roles.onCall, roles.userAdministrator];
    const submits = await Promise.allSettled([bench.submits(ada, two), bench.submits(ada, two.toReversed())]);
    expect(submits.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const [refused] = submits.filter((one) => one.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'too_many_pending' });
    expect(await db().$count(requests)).toBe(49);
  });

  test('of a role whose policy is not known asks for a reason and leaves the rest to PIM', async () => {
    await empty('mirror_policies');
    const { answers } = await bench.submits(ada, [roles.helpdesk], { justification: '', ticketNumber: '' });
    expect(refusals(answers)).toEqual(['justification_missing']);
    const id = await bench.files(ada, roles.helpdesk, { ticketNumber: '' });
    await bench.deliver();
    expect(await bench.request(id)).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('a ticket is missing'),
    });
  });

  test('keeps one sealed token for the act, of the plane’s audience', async () => {
    const id = await bench.files(ada, roles.staging);
    expect(await bench.tokensOf(id)).toBe(1);
    expect(() => bench.open(id, 'graph', bench.seal(ada)(id, 'arm'))).toThrow();
    await bench.deliver();
    await bench.looks();
    expect(await bench.tokensOf(id)).toBe(0);
  });
});

test('what was ended may be asked for again', async () => {
  const id = await bench.holds(ada, roles.staging, 5);
  await bench.pass(6);
  expect(await bench.status(id)).toBe('ended');
  const { answers } = await bench.submits(ada, [roles.staging]);
  expect(refusals(answers)).toEqual([null]);
  expect(answers[0]?.key).toBe(roleKey(roles.staging));
});

test('a start ahead is filed at once, while the person is there', async () => {
  const startsAt = plusMinutes(bench.now(), 120);
  const id = await bench.files(ada, roles.staging, { startsAt });
  await bench.deliver();
  expect(await bench.request(id)).toMatchObject({ status: 'scheduled', startsAt });
  await bench.pass(119, 7);
  expect(await bench.status(id)).toBe('scheduled');
  await bench.pass(2);
  expect(await bench.request(id)).toMatchObject({ status: 'active', startsAt });
  expect(await bench.actions(id)).toEqual(['filed', 'scheduled', 'activated']);
});
