import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { assignments, inventoryParts, inventoryRuns, memberships } from '#db/schema/inventory.ts';
import { effectiveMembers, useCoverage, uses } from '#db/schema/posture.ts';
import { requests } from '#db/schema/requests.ts';
import { watchRuns } from '#db/schema/watch.ts';
import { hangs, managementGroup, testDatabase } from '#db/testing.ts';
import { planes } from '#lib/domain/plane.ts';
import { minute } from '#lib/domain/time.ts';
import type { UseEvent } from '#lib/domain/use.ts';
import { asJob } from '#lib/operations/context.ts';
import { coverUse, logReadSince } from './cover-use.ts';
import { keepUseEvents } from './keep-use-events.ts';
import { spreadMemberships } from './spread-memberships.ts';
import { tallyUses } from './tally-uses.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(() =>
  empty(`memberships effective_members assignments use_events uses use_coverage requests requester_names
    request_approvers decisions watch_runs differences inventory_runs inventory_parts scope_tree`),
);

const ctx = asJob('assess', 'trace');
const run = '00000000-0000-4000-8000-000000000001';
const seen = { seenIn: run, firstSeenAt: new Date('2026-01-01T00:00:00Z') };
const ago = (minutes: number) => new Date(Date.now() - minutes * minute);
const day = 1440;
const staging = '/subscriptions/s1';

const isIn = (groupId: string, ...members: string[]) =>
  db()
    .insert(memberships)
    .values(members.map((memberId) => ({ groupId, memberId, ...seen })));
async function membersOf(groupId: string) {
  const rows = await db().select().from(effectiveMembers).where(sql`group_id = ${groupId}`);
  return Object.fromEntries(rows.map(({ memberId, through }) => [memberId, through.join('>')]));
}

async function mayActivate(principalId: string, facts: Partial<typeof assignments.$inferInsert> = {}) {
  await db()
    .insert(assignments)
    .values({
      ...{ id: crypto.randomUUID(), azureId: 'x', list: 'azure_eligible', place: staging, plane: 'azure' },
      ...{ kind: 'eligible', roleId: 'R', roleName: 'Contributor', scopeId: '/subscriptions/S1' },
      ...{ scopeName: 'Staging', scopeKind: 'subscription', principalId, ...seen, ...facts },
    });
}
const told = (events: Partial<UseEvent>[]) =>
  transaction((tx) =>
    keepUseEvents(
      tx,
      'azure_audit',
      events.map((event) => ({
        ...{ what: 'begun', principalId: 'ada', plane: 'azure', roleId: 'r', scopeId: staging },
        ...{ at: ago(600), untilAt: null, ...event },
      })),
    ),
  );
async function stintKnows(facts: Partial<typeof requests.$inferInsert>) {
  const id = crypto.randomUUID();
  await db()
    .insert(requests)
    .values({
      ...{ id, submissionId: id, origin: 'stint', requesterId: 'ada', requesterName: 'Ada', plane: 'azure' },
      ...{ roleId: 'R', scopeId: '/subscriptions/S1', roleName: 'Contributor', scopeName: 'Staging' },
      ...{ scopeKind: 'subscription', eligibilityId: '', justification: '', ticketNumber: '', minutes: 60 },
      ...{ status: 'ended', filedAt: ago(600), ...facts },
    });
}
async function used(principalId = 'ada') {
  await tallyUses(ctx);
  const [row] = await db().select().from(uses).where(sql`principal_id = ${principalId}`);
  return row ?? null;
}

describe('who is in a group', () => {
  test('is told through however many groups, by the shortest way', async () => {
    await isIn('a', 'b', 'ada');
    await isIn('b', 'c', 'bo');
    await isIn('c', 'bo', 'cy', 'ada');
    await spreadMemberships(ctx);
    expect(await membersOf('a')).toEqual({ ada: '', b: '', bo: 'b', c: 'b', cy: 'b>c' });
    expect(await membersOf('b')).toEqual({ bo: '', c: '', cy: 'c', ada: 'c' });
  });

  test('of two ways that are as short it is the same one every time', async () => {
    await isIn('a', 'x', 'b');
    await isIn('x', 'ada');
    await isIn('b', 'ada');
    await spreadMemberships(ctx);
    expect((await membersOf('a')).ada).toBe('b');
  });

  test('ends in a circle, and nobody is in themselves', async () => {
    await isIn('a', 'b');
    await isIn('b', 'c');
    await isIn('c', 'a', 'ada', 'c');
    await spreadMemberships(ctx);
    expect(await membersOf('a')).toEqual({ b: '', c: 'b', ada: 'b>c' });
    expect(await membersOf('c')).toEqual({ a: '', ada: '', b: 'a' });
  });

  test('is made anew: who left is out, a shorter way replaces the longer', async () => {
    await isIn('a', 'b');
    await isIn('b', 'ada', 'bo');
    await spreadMemberships(ctx);
    await isIn('a', 'ada');
    await db().update(memberships).set({ goneAt: new Date() }).where(sql`member_id = 'bo'`);
    await spreadMemberships(ctx);
    expect(await membersOf('a')).toEqual({ b: '', ada: '' });
  });
});

describe('an activation', () => {
  test('that Stint and the tenant’s log both know counts once, with what of it was used', async () => {
    await mayActivate('ada');
    const at = ago(600);
    await stintKnows({ startsAt: at, activeAt: ago(599), endsAt: ago(540), endedAt: ago(570) });
    await told([
      { at: new Date(at.getTime() + 40_000), untilAt: ago(540) },
      { what: 'ended', at: ago(570.5) },
    ]);
    expect(await used()).toMatchObject({ count: 1, lastAt: at, activeMinutes: 30, grantedMinutes: 60 });
  });

  test('below a management group is a use of what may be activated there, where it lies below it', async () => {
    const wide = { scopeKind: 'management_group' as const, scopeId: managementGroup('Platform') };
    await mayActivate('ada', wide);
    await told([{ scopeId: '/subscriptions/s1/resourcegroups/rg' }]);
    // Not known so far: rather counted than called never used.
    expect(await used()).toMatchObject({ count: 1 });
    await hangs(managementGroup('root'), managementGroup('platform'), '/subscriptions/s1');
    expect(await used()).toBeNull();
    await hangs(managementGroup('platform'), managementGroup('inner'));
    await db().execute(
      sql`update scope_tree set parent_id = ${managementGroup('inner')} where kind = 'subscription'`,
    );
    expect(await used()).toMatchObject({ count: 1 });
  });

  test('and the next one right after it are two', async () => {
    await mayActivate('ada');
    await stintKnows({ startsAt: ago(600), activeAt: ago(600), endsAt: ago(595), endedAt: ago(595) });
    await told([{ at: ago(599.9) }, { at: ago(594.9), untilAt: ago(535) }]);
    expect(await used()).toMatchObject({ count: 2, lastAt: expect.any(Date), grantedMinutes: 65 });
  });

  test('that lasts is a use, but its minutes are not known yet; one to come is none', async () => {
    await mayActivate('ada');
    await stintKnows({ startsAt: ago(10), activeAt: ago(10), endsAt: ago(-50), status: 'active' });
    await told([{ at: ago(-300) }]);
    expect(await used()).toMatchObject({ count: 1, activeMinutes: 0, grantedMinutes: 0 });
  });

  test('that never became active is none', async () => {
    await mayActivate('ada');
    await stintKnows({ status: 'denied' });
    expect(await used()).toBeNull();
  });

  test('told again with a fresh id is the same event', async () => {
    const at = ago(300);
    expect(await told([{ at }, { at }])).toBe(1);
    expect(await told([{ at }, { at, what: 'ended' }])).toBe(1);
  });

  test('of a part of a subscription is a use of what was given for all of it, not of another role', async () => {
    await mayActivate('ada');
    await mayActivate('ada', { roleId: 'other', scopeId: `${staging}/resourceGroups/rg` });
    await mayActivate('ada', { scopeId: '/subscriptions/s10' });
    await told([{ scopeId: `${staging}/resourcegroups/rg` }]);
    await tallyUses(ctx);
    expect(await db().select().from(uses)).toMatchObject([{ roleId: 'r', scopeId: staging, count: 1 }]);
  });

  test('is a use of the group it was made through, once, and of nobody who did nothing', async () => {
    await isIn('outer', 'inner');
    await isIn('inner', 'ada', 'bo');
    await spreadMemberships(ctx);
    await mayActivate('outer');
    await mayActivate('inner');
    await told([{}, { at: ago(day) }]);
    expect(await used('outer')).toMatchObject({ count: 2 });
    expect(await used('ada')).toMatchObject({ count: 2 });
    expect(await used('bo')).toBeNull();
  });

  test('stays a use of the group when who made it leaves, and ends with what the group may activate', async () => {
    await isIn('ops', 'ada', 'bo');
    await spreadMemberships(ctx);
    await mayActivate('ops');
    await told([{}, { at: ago(day) }]);
    expect(await used('ops')).toMatchObject({ count: 2 });
    for (const left of [sql`member_id = 'ada'`, sql`true`]) {
      await db().update(memberships).set({ goneAt: new Date() }).where(left);
      await spreadMemberships(ctx);
      expect(await used('ops')).toMatchObject({ count: 2, lastAt: expect.any(Date) });
      expect(await used('ada')).toBeNull();
    }
    await db().update(assignments).set({ goneAt: new Date() });
    expect(await used('ops')).toBeNull();
  });

  test('is not counted any more when what it used is gone', async () => {
    await mayActivate('ada');
    await told([{}]);
    expect(await used()).toMatchObject({ count: 1 });
    await db().update(assignments).set({ goneAt: new Date() });
    expect(await used()).toBeNull();
  });
});

describe('use is covered', () => {
  const covered = () => db().select().from(useCoverage).orderBy(useCoverage.source, useCoverage.fromAt);
  async function logRead(startedAt: Date, state: 'done' | 'failed' = 'done', unclear = 0) {
    const id = crypto.randomUUID();
    await db().insert(inventoryRuns).values({ id, startedAt, finishedAt: startedAt, goneOnAt: startedAt });
    await db()
      .insert(inventoryParts)
      .values({ runId: id, list: 'activation_log', place: '/', state, unclear });
    await coverUse(ctx);
  }
  const sinceDays = async () => (Date.now() - (await transaction(logReadSince)).getTime()) / minute / day;

  test('by the log thirty days back at first, then since the last reading, as one time', async () => {
    expect(await sinceDays()).toBeCloseTo(30, 1);
    await logRead(ago(2 * day));
    expect(await sinceDays()).toBeCloseTo(2 + 2 / 24, 1);
    await logRead(ago(5));
    const [row, ...more] = await covered();
    expect(more).toEqual([]);
    expect([row?.fromAt, row?.untilAt].map((at) => Math.round((Date.now() - Number(at)) / minute))).toEqual([
      32 * day,
      5,
    ]);
  });

  test('with a hole where the log could not be read for longer than it reaches', async () => {
    await logRead(ago(60 * day));
    await logRead(ago(10 * day), 'failed');
    await logRead(ago(5));
    expect(await covered()).toHaveLength(2);
  });

  test('not by a reading of the log that did not understand all of it: what is lost is read again', async () => {
    await logRead(ago(2 * day));
    await logRead(ago(5), 'done', 1);
    expect((await covered()).map(({ untilAt }) => Math.round((Date.now() - +untilAt) / minute))).toEqual([
      2 * day,
    ]);
    expect(await sinceDays()).toBeCloseTo(2 + 2 / 24, 1);
  });

  test('by Stint’s watch while all planes are read whole, without the hole when one is not', async () => {
    const whole = (minutes: number, plane: (typeof planes)[number], failure: string | null = null) => ({
      ...{ id: crypto.randomUUID(), plane, failure },
      ...{ startedAt: ago(minutes), finishedAt: ago(minutes - 0.2) },
    });
    for (let at = 60; at > 0; at -= 2)
      await db()
        .insert(watchRuns)
        .values(
          planes.map((plane) => whole(at, plane, plane === 'azure' && at <= 40 && at > 30 ? 'away' : null)),
        );
    await coverUse(ctx);
    const minutes = (await covered()).map(({ fromAt, untilAt }) =>
      [fromAt, untilAt].map((at) => Math.round((Date.now() - at.getTime()) / minute)),
    );
    expect(minutes).toEqual([
      [60, 42],
      [30, 2],
    ]);
    await coverUse(ctx);
    expect(await covered()).toHaveLength(2);
  });
});
