import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { heartbeats } from '#db/schema/clock.ts';
import { memberships } from '#db/schema/inventory.ts';
import { accessChanges } from '#db/schema/reviews.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { AssignmentKept } from '#lib/domain/access-change.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { applier } from './applier.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(() => empty('access_changes heartbeats'));

const viewer = (objectId: string, ...roles: AppRole[]) => ({
  ...{ tenantId: testTenant, objectId, name: objectId, upn: `${objectId}@contoso.example`, roles },
});
const mira = viewer('mira', 'Stint.Administrator');

const kept: AssignmentKept = {
  ...{ plane: 'entra', roleId: 'r', scopeId: '/', kind: 'standing', scopeKind: 'directory' },
  ...{ roleName: 'Reader', scopeName: 'Directory', assignmentId: 'a', azureId: 'a', scheduleId: null },
  ...{ principalId: 'ada', principalName: 'Ada Lind', principalKind: 'member' },
  ...{ condition: null, conditionVersion: null, startsAt: null, endsAt: null },
};

async function asked(more: Partial<typeof accessChanges.$inferInsert>, minutesAgo = 0): Promise<string> {
  const id = randomUUID();
  await db()
    .insert(accessChanges)
    .values({
      ...{ id, verb: 'remove', way: 'assignment', kept, plane: 'entra', scopeId: '/', principalId: 'ada' },
      ...{ state: 'held', askedById: 'rhea', askedByName: 'Rhea Silva' },
      askedAt: new Date(Date.now() - minutesAgo * 60_000),
      ...more,
    });
  return id;
}

const only = async (who = mira) => (await applier(who, 'all', null))?.changes.rows[0];

test('whoever does not operate Stint sees nothing of it', async () => {
  await asked({});
  for (const who of [viewer('ada'), viewer('auden', 'Stint.Auditor'), viewer('rhea', 'Stint.Reviewer')]) {
    expect(await applier(who, 'all', null)).toBeNull();
  }
});

test('an Applier that was silent for a while is not there', async () => {
  expect(await applier(mira, 'all', null)).toMatchObject({ isThere: false, beatAt: null });
  await db().insert(heartbeats).values({ name: 'applier', beatAt: sql`now()` });
  expect((await applier(mira, 'all', null))?.isThere).toBe(true);
  await db().execute(sql`update heartbeats set beat_at = now() - interval '1 minute'`);
  expect((await applier(mira, 'all', null))?.isThere).toBe(false);
});

test('page by page, newest first, and back again, each change once', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await asked({}, n));
  const shown = (page: Awaited<ReturnType<typeof applier>>) => page?.changes.rows.map(({ id }) => id);
  const first = await applier(mira, 'all', null, 2);
  const second = await applier(mira, 'all', first?.changes.next ?? null, 2);
  const third = await applier(mira, 'all', second?.changes.next ?? null, 2);
  expect([shown(first), shown(second), shown(third)].flat()).toEqual(ids);
  expect(third?.changes.next).toBeNull();
  expect(shown(await applier(mira, 'all', third?.changes.previous ?? null, 2))).toEqual(shown(second));
});

test('a view shows its states only', async () => {
  await asked({ state: 'held' });
  await asked({ state: 'blocked', outcome: 'locked', manualCommand: 'az …' });
  await asked({ state: 'confirming' });
  const states = async (view: 'held' | 'by_hand' | 'open' | 'done') =>
    (await applier(mira, view, null))?.changes.rows.map(({ state }) => state);
  expect(await states('held')).toEqual(['held']);
  expect(await states('by_hand')).toEqual(['blocked']);
  expect(await states('open')).toEqual(['confirming']);
  expect(await states('done')).toEqual([]);
});

test('what can be done is said as the server would answer it', async () => {
  await asked({});
  expect((await only())?.can).toEqual({ release: true, tryAgain: false, withdraw: true, undo: false });
  await empty('access_changes');
  // An undo asked for oneself waits for another; one’s own access is never one’s own to decide about.
  await asked({ verb: 'restore', askedById: 'mira', progress: { policy: 'Yes: …' } });
  expect(await only()).toMatchObject({ needsAnother: true, policy: 'Yes: …', can: { release: false } });
  expect((await only(viewer('nadia', 'Stint.Administrator')))?.can.release).toBe(true);
  expect((await only(viewer('ada', 'Stint.Administrator')))?.can).toMatchObject({
    ...{ release: false, withdraw: false },
  });
});

test('nothing is offered to somebody who has the access through a group, or may join one that does', async () => {
  await empty('access_changes memberships');
  await asked({ principalId: 'team' });
  const nadia = viewer('nadia', 'Stint.Administrator');
  expect((await only(nadia))?.can.release).toBe(true);
  await db()
    .insert(memberships)
    .values({ groupId: 'team', memberId: 'nadia', seenIn: randomUUID(), firstSeenAt: new Date() });
  expect((await only(nadia))?.can).toEqual({ release: false, tryAgain: false, withdraw: false, undo: false });
  const [actedAt, confirmedAt] = [new Date(), new Date()];
  await empty('access_changes');
  await asked({ principalId: 'team', state: 'done', outcome: 'removed', actedAt, confirmedAt });
  expect([(await only(nadia))?.can.undo, (await only())?.can.undo]).toEqual([false, true]);
  await empty('memberships');
});

test('more than ten removals that one person asked for wait for another', async () => {
  for (let n = 0; n < 10; n++) await asked({ askedById: 'mira', kept: { ...kept, assignmentId: `a${n}` } });
  expect(await only()).toMatchObject({ needsAnother: false, can: { release: true } });
  await asked({ askedById: 'mira', kept: { ...kept, assignmentId: 'one more' } });
  expect(await only()).toMatchObject({ needsAnother: true, can: { release: false } });
  expect((await only(viewer('nadia', 'Stint.Administrator')))?.can.release).toBe(true);
});

test('done: how long it took, and undone once, within thirty days', async () => {
  const [actedAt, confirmedAt] = [new Date(Date.now() - 9_000), new Date(Date.now() - 2_000)];
  const id = await asked({ state: 'done', outcome: 'removed', actedAt, confirmedAt });
  expect(await only()).toMatchObject({ tookSeconds: 7, can: { undo: true } });
  await db().execute(sql`update access_changes set confirmed_at = now() - interval '31 days'`);
  expect((await only())?.can.undo).toBe(false);
  await db().execute(sql`update access_changes set confirmed_at = now()`);
  await asked({ verb: 'restore', undoesId: id }, 5);
  expect((await only())?.can.undo).toBe(false);
});

test('of an activation that went past Stint’s approval nothing is offered to be given back: its person asks again', async () => {
  const done = { state: 'done', outcome: 'removed', confirmedAt: new Date() } as const;
  const requestId = randomUUID();
  await asked({ ...done, requestId });
  expect(await only()).toMatchObject({ requestId, can: { undo: false } });
  await empty('access_changes');
  await asked(done);
  expect((await only())?.can.undo).toBe(true);
});
