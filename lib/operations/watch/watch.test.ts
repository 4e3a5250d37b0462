import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { db } from '#db/client.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { assignments } from '#db/schema/inventory.ts';
import { requests } from '#db/schema/requests.ts';
import { differences, watchRuns } from '#db/schema/watch.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { AzureFault } from '#lib/azure/faults.ts';
import type { ActivationSeen } from '#lib/azure/ports.ts';
import type { RoleAtScope } from '#lib/domain/assignment.ts';
import { placeOf } from '#lib/domain/difference.ts';
import type { Plane } from '#lib/domain/plane.ts';
import { plusMinutes } from '#lib/domain/time.ts';
import { cancel } from '#lib/operations/requests/cancel.ts';
import { type Bench, openBench } from '#lib/operations/testing.ts';
import { patienceMinutes, takeDueWatches } from './take-due-watches.ts';
import { seenForMinutes } from './when-to-look.ts';

const { ada, bo } = people;
let bench: Bench<FakeAzure>;
beforeAll(async () => {
  bench = await openBench((now) => fakeAzure({ now }), fakeToken);
});
beforeEach(() => bench.reset());
afterAll(() => bench?.close());

/** Activates in Azure itself, where Stint does not see it. */
async function activatesElsewhere(role: RoleAtScope, minutes = 60): Promise<void> {
  await bench.azure.person[role.plane].activate(fakeToken(ada.id), {
    ...role,
    requestId: crypto.randomUUID(),
    principalId: ada.id,
    eligibilityId: '',
    justification: 'By hand',
    ticketNumber: '',
    ticketSystem: '',
    startsAt: null,
    minutes,
  });
}

const all = () => db().select().from(requests).orderBy(desc(requests.filedAt));
const open = () => db().select().from(differences).where(isNull(differences.resolvedAt));
const only = async () => (await all())[0] ?? expect.fail('nothing on record');
async function lastRun(plane: Plane) {
  const runs = db().select().from(watchRuns).where(eq(watchRuns.plane, plane));
  const [run] = await runs.orderBy(desc(watchRuns.startedAt)).limit(1);
  return run;
}

test.each([roles.userAdministrator, roles.staging, roles.onCall])(
  'what was activated outside Stint is on record within one watch, and ended after its time: $plane',
  async (role) => {
    await activatesElsewhere(role, 30);
    expect(await bench.watches()).toEqual([]);
    const row = await only();
    expect(row).toMatchObject({
      ...{ origin: 'azure', status: 'active', requesterId: ada.id, requesterName: ada.name },
      ...{ roleName: role.roleName, justification: 'By hand', minutes: 30 },
    });
    expect(await bench.actions(row.id)).toEqual(['seen_in_azure']);
    expect(await lastRun(role.plane)).toMatchObject({ held: 1, recorded: 1, failure: null, gaps: [] });
    await bench.watches();
    expect(await all()).toHaveLength(1);
    await bench.advance(31);
    await bench.looks();
    expect(await bench.request(row.id)).toMatchObject({ status: 'ended', endCause: 'expired' });
    await bench.watches();
    expect(await all()).toHaveLength(1);
  },
);

test('a first reading that finds more than one statement takes puts them all on record, once', async () => {
  const many = Array.from(
    { length: 1_200 },
    (_, at): ActivationSeen => ({
      ...{
        ...roles.userAdministrator,
        kind: 'activated',
        principalId: crypto.randomUUID(),
        principalName: `Person ${at}`,
      },
      ...{ assignmentId: `held ${at}`, startsAt: bench.now(), endsAt: plusMinutes(bench.now(), 60) },
    }),
  );
  const everywhere = vi.spyOn(bench.azure.reader, 'activatedEverywhere');
  everywhere.mockImplementation(async (plane) => ({
    ...{ places: ['/'], gaps: [], held: plane === 'entra' ? many : [] },
  }));
  for (const recorded of [many.length, 0]) {
    await bench.watches();
    expect(await lastRun('entra')).toMatchObject({
      held: many.length,
      recorded,
      differing: 0,
      failure: null,
    });
    await bench.advance(1);
  }
  everywhere.mockRestore();
  const told = db().select().from(auditEntries).where(eq(auditEntries.action, 'request.seen_in_azure'));
  const ofThese = (await told).filter(({ details }) => /^held /.test(String(details.assignmentId)));
  expect([await db().$count(requests), ofThese.length]).toEqual([many.length, many.length]);
});

test('activated elsewhere again after one that is over, it stands for itself', async () => {
  await activatesElsewhere(roles.staging, 30);
  await bench.watches();
  await bench.advance(31);
  await bench.looks();
  await activatesElsewhere(roles.staging, 30);
  await bench.watches();
  expect(await all()).toMatchObject([
    { status: 'active', waitsForEnd: false },
    { status: 'ended', waitsForEnd: false },
  ]);
});

test('what Stint filed itself is not recorded twice, nor found different', async () => {
  await bench.reads(ada);
  const id = await bench.holds(ada, roles.staging);
  await bench.watches();
  expect((await all()).map((row) => row.id)).toEqual([id]);
  expect(await db().select().from(differences)).toEqual([]);
});

test('activated in the portal beside a scheduled request: on record beside it, once, and the request keeps its own window', async () => {
  await bench.reads(ada);
  const startsAt = plusMinutes(bench.now(), 180);
  const id = await bench.files(ada, roles.staging, { startsAt });
  await bench.deliver();
  await activatesElsewhere(roles.staging, 30);
  await bench.watches();
  await bench.looks();
  await bench.watches();
  expect(await bench.request(id)).toMatchObject({ status: 'scheduled', startsAt });
  const [beside, ...more] = (await all()).filter(({ origin }) => origin === 'azure');
  expect([beside, more]).toMatchObject([{ status: 'active', minutes: 30 }, []]);
  expect(await db().select().from(differences)).toMatchObject([
    { kind: 'filed_elsewhere', requestId: beside?.id, resolution: 'recorded' },
  ]);
  await bench.advance(31);
  await bench.looks();
  expect(await bench.status(beside?.id ?? '')).toBe('ended');
  await bench.watches();
  await bench.advance(150);
  await bench.looks();
  expect(await bench.request(id)).toMatchObject({ status: 'active', startsAt });
  expect(await all()).toHaveLength(2);
});

test('though a list shows it twice, and writes its place in two ways', async () => {
  await bench.reads(ada);
  await bench.files(ada, roles.staging, { startsAt: plusMinutes(bench.now(), 180) });
  await bench.deliver();
  await activatesElsewhere(roles.staging, 30);
  const { reader } = bench.azure;
  const honest = reader.activatedEverywhere;
  Object.assign(reader, {
    activatedEverywhere: async (plane: Plane) => {
      const { held, ...rest } = await honest(plane, []);
      const again = held.map((row) => ({ ...row, scopeId: row.scopeId.toUpperCase() }));
      return { held: [...held, ...again], ...rest };
    },
  });
  await bench.watches();
  expect((await all()).filter(({ origin }) => origin === 'azure')).toHaveLength(1);
});

test('and stays on record when that request is taken back', async () => {
  await bench.reads(ada);
  const id = await bench.files(ada, roles.staging, { startsAt: plusMinutes(bench.now(), 180) });
  await bench.deliver();
  await activatesElsewhere(roles.staging, 90);
  await bench.watches();
  await cancel(bench.as(ada), id, bench.seal(ada));
  await bench.deliver();
  await bench.watches();
  const rows = (await all()).map(({ origin, status }) => [origin, status]);
  expect(rows.toSorted()).toEqual([
    ['azure', 'active'],
    ['stint', 'withdrawn'],
  ]);
  expect(await open()).toEqual([]);
});

test('what the log names as another request on record is on record without that name, once', async () => {
  await activatesElsewhere(roles.staging, 30);
  await bench.watches();
  const { azureId } = await only();
  const { whoActivated } = bench.azure.reader;
  Object.assign(bench.azure.reader, {
    whoActivated: async (seen: ActivationSeen) => {
      const told = await whoActivated(seen);
      return told && { ...told, azureId };
    },
  });
  await activatesElsewhere(roles.machines, 30);
  expect(await bench.watches()).toEqual([]);
  await bench.watches();
  const rows = await all();
  expect(rows.map((row) => [row.roleName, row.azureId]).toSorted()).toEqual([
    ['Contributor', azureId],
    ['Virtual Machine Contributor', null],
  ]);
});

test('without an audit log, or a name, it is on record all the same', async () => {
  await activatesElsewhere(roles.staging);
  Object.assign(bench.azure.reader, { whoActivated: async () => null });
  await bench.watches();
  expect(await only()).toMatchObject({ justification: '', status: 'active' });
});

test('removed in Azure: a difference, then the look ends it, then the difference is over', async () => {
  await bench.reads(ada);
  const id = await bench.holds(ada, roles.staging);
  await bench.holds(ada, roles.machines);
  await bench.advance(6);
  await bench.looks();
  const { requestId, ...role } = { ...roles.staging, requestId: id, principalId: ada.id, eligibilityId: '' };
  await bench.azure.person.azure.deactivate(fakeToken(ada.id), { ...role, requestId });
  await bench.watches();
  expect(await open()).toMatchObject([{ kind: 'active_unknown_to_azure', requestId: id }]);
  await bench.looks();
  await bench.pass(1, 0.2);
  expect(await bench.request(id)).toMatchObject({ status: 'ended', endCause: 'removed_in_azure' });
  await bench.watches();
  expect(await open()).toEqual([]);
  const told = db().select().from(auditEntries).where(eq(auditEntries.subjectKind, 'difference'));
  const entries = await told.orderBy(auditEntries.seq);
  expect(entries.slice(-2).map(({ action, details }) => [action, details.requestId])).toEqual([
    ['difference.seen', id],
    ['difference.resolved', id],
  ]);
});

test('what a reading shows active is not asked for by itself, until readings stay away or its end has come', async () => {
  await bench.reads(ada);
  const id = await bench.holds(ada, roles.staging);
  const asked = vi.spyOn(bench.azure.reader, 'activated');
  const looksAfter = async (minutes: number) => {
    await bench.advance(minutes);
    asked.mockClear();
    await bench.looks();
    return asked.mock.calls.length;
  };
  // So young that a reading would make nothing of missing it.
  await bench.watches();
  expect(await looksAfter(0)).toBe(1);
  await bench.advance(2);
  await bench.watches();
  expect(await looksAfter(1)).toBe(0);
  expect(await looksAfter(seenForMinutes)).toBe(1);
  await bench.watches();
  expect(await looksAfter(60)).toBe(1);
  expect(await bench.status(id)).toBe('ended');
  asked.mockRestore();
});

test('one that a look has missed is looked at until that is clear, though a reading shows it', async () => {
  await bench.reads(ada);
  const id = await bench.holds(ada, roles.staging);
  await bench.advance(6);
  const { checkAt } = await bench.request(id);
  await db().update(requests).set({ misses: 1 }).where(eq(requests.id, id));
  await bench.watches();
  expect((await bench.request(id)).checkAt).toEqual(checkAt);
});

test('a place that does not answer concludes nothing, and the run says so', async () => {
  await bench.reads(ada);
  await bench.holds(ada, roles.staging);
  await bench.holds(ada, roles.machines);
  await bench.advance(5);
  bench.azure.silence(placeOf(roles.staging));
  await bench.watches();
  expect(await db().select().from(differences)).toEqual([]);
  expect(await lastRun('azure')).toMatchObject({
    failure: null,
    gaps: [{ place: placeOf(roles.staging), why: 'busy' }],
  });
});

test('an answer without anything is not believed, and a plane that fails is a failed run', async () => {
  await bench.reads(ada);
  const id = await bench.holds(ada, roles.staging);
  await bench.advance(5);
  const reader = bench.azure.reader;
  const honest = reader.activatedEverywhere;
  Object.assign(reader, {
    activatedEverywhere: async () => ({ held: [], places: [placeOf(roles.staging)], gaps: [] }),
  });
  await bench.watches();
  expect((await lastRun('azure'))?.failure).toMatch(/Not believed/);
  Object.assign(reader, {
    activatedEverywhere: async () => {
      throw new AzureFault('busy', { code: 'TooManyRequests', message: 'no' });
    },
  });
  expect(await bench.watches()).toEqual([]);
  expect((await lastRun('azure'))?.failure).toBe('Azure could not be read (TooManyRequests).');
  expect(await bench.status(id)).toBe('active');
  expect(await db().select().from(differences)).toEqual([]);
  Object.assign(reader, { activatedEverywhere: honest });
});

test('groups of which only the reading of the tenant knows are watched, too', async () => {
  await db()
    .insert(assignments)
    .values({
      ...{ id: 'a', list: 'group_eligible', place: 'g9', plane: 'group', kind: 'eligible', roleId: 'member' },
      ...{ roleName: 'Member', scopeId: 'g9', scopeName: 'G9', scopeKind: 'group', principalId: 'ada' },
      ...{ azureId: 'a', seenIn: crypto.randomUUID(), firstSeenAt: new Date() },
    });
  const { reader } = bench.azure;
  const honest = reader.activatedEverywhere;
  const asked: string[] = [];
  Object.assign(reader, {
    activatedEverywhere: async (plane: Plane, known: string[]) => {
      asked.push(...known);
      return honest(plane, known);
    },
  });
  await bench.watches();
  Object.assign(reader, { activatedEverywhere: honest });
  expect(asked).toContain('g9');
});

test('held past its end is one difference until Azure drops it', async () => {
  await activatesElsewhere(roles.staging, 30);
  await bench.watches();
  const { id } = await only();
  const { reader } = bench.azure;
  const honest = reader.activatedEverywhere;
  const frozen = await honest('azure', []);
  Object.assign(reader, {
    activatedEverywhere: async (plane: Plane) => (plane === 'azure' ? frozen : honest(plane, [])),
  });
  await bench.advance(31);
  await bench.looks();
  await bench.advance(12);
  await bench.watches();
  await bench.watches();
  expect(await open()).toMatchObject([{ kind: 'held_past_end', requestId: id }]);
  Object.assign(reader, { activatedEverywhere: honest });
  await bench.watches();
  const [row] = await db().select().from(differences).where(eq(differences.kind, 'held_past_end'));
  expect(row).toMatchObject({ resolution: 'gone_from_azure' });
});

test('one watcher per plane at a time, and a watch delivered twice has one effect', async () => {
  await activatesElsewhere(roles.staging);
  await bench.advance(1.1);
  const taken = await Promise.all([1, 2, 3].map(() => takeDueWatches(() => crypto.randomUUID())));
  expect(taken.reduce((sum, n) => sum + n)).toBe(3);
  await bench.fetchJobs();
  const jobs = bench.waiting.splice(0).filter(({ name }) => name === 'watch');
  expect(jobs).toHaveLength(3);
  await Promise.all([...jobs, ...jobs].map((job) => bench.run(job)));
  expect(await all()).toHaveLength(1);
  expect(await bench.actions((await only()).id)).toEqual(['seen_in_azure']);
});

test('the queue leaves a reading of a large tenant alone for longer than its run is given', async () => {
  const result = await db().execute(
    sql`select expire_seconds, dead_letter from pgboss.queue where name = 'watch'`,
  );
  const [queue] = (result as unknown as { rows: { expire_seconds: number }[] }).rows;
  expect(queue?.expire_seconds).toBeGreaterThan(patienceMinutes * 60);
  expect(queue).toMatchObject({ dead_letter: null });
});

test('a reading that never came to its end is given up, and what it brings later is dropped', async () => {
  await bench.advance(1.1);
  await takeDueWatches(() => crypto.randomUUID());
  await bench.fetchJobs();
  const late = bench.waiting.splice(0);
  await bench.advance(11);
  await bench.watches();
  const [given] = await db()
    .select()
    .from(watchRuns)
    .where(and(eq(watchRuns.plane, 'azure')))
    .orderBy(watchRuns.startedAt);
  expect(given?.failure).toMatch(/never came/);
  await activatesElsewhere(roles.staging);
  for (const job of late) await bench.run(job);
  expect(await all()).toEqual([]);
});

test('another’s activation is theirs alone', async () => {
  await activatesElsewhere(roles.staging);
  await bench.watches();
  expect((await all()).filter((row) => row.requesterId === bo.id)).toEqual([]);
});
