import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened, transaction } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { childScopes } from '#db/schema/child-scopes.ts';
import { inventoryRuns, principals } from '#db/schema/inventory.ts';
import { testDatabase } from '#db/testing.ts';
import type { ApproverSet, Stage } from '#lib/domain/approval-policy.ts';
import { testId, testStage } from '#lib/domain/approval-testing.ts';
import { overrideDuty } from '#lib/operations/schedules/override-duty.ts';
import { saveSchedule } from '#lib/operations/schedules/save-schedule.ts';
import { expanded } from './expand-stage.ts';
import { isStillIn } from './is-still-in.ts';
import {
  administrator,
  answersFor,
  group,
  groupIsRead,
  ids,
  inGroup,
  isAway,
  linked,
  named,
  owns,
  reading,
  roleCan,
  tenant,
} from './testing.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(async () => {
  await tenant();
  await roleCan('reader', '*/read');
});

const asked = {
  ...{ requesterId: ids.ada, requesterName: 'ada', plane: 'azure' as const },
  ...{
    scopeId: '/subscriptions/S1/resourceGroups/RG',
    scopeName: 'rg',
    scopeKind: 'resource_group' as const,
  },
  ...{ roleId: 'reader', filedAt: null },
};
async function signers(
  approvers: ApproverSet[],
  facts: Partial<Stage> = {},
  { escalated = false, request = asked as Parameters<typeof expanded>[2] } = {},
) {
  const stage = testStage({ approvers, ...facts });
  return transaction((tx) => expanded(tx, stage, request, { escalated }));
}
const names = async (...given: Parameters<typeof signers>) =>
  (await signers(...given)).approvers.map(({ approverName }) => approverName);

describe('who may sign', () => {
  test('are the people named, and the members of a group by the last reading', async () => {
    await inGroup('bo', 'cy');
    expect(await names([named('dana'), group])).toEqual(['dana', 'bo', 'cy']);
    const { approvers } = await signers([group]);
    expect(approvers[0]).toMatchObject({ approverId: ids.bo, through: 'sg-approvers', set: group });
  });

  test('is never the requester, nor an account linked to them', async () => {
    await inGroup('ada', 'adaAdmin', 'bo');
    await linked('ada', 'adaAdmin');
    const { approvers, leftOut } = await signers([group, named('ada')]);
    expect(approvers.map(({ approverName }) => approverName)).toEqual(['bo']);
    expect(leftOut).toEqual([
      { id: ids.ada, name: 'ada', why: 'asks for it' },
      { id: ids.adaAdmin, name: 'adaAdmin', why: 'is the requester’s other account' },
    ]);
    const other = { ...asked, requesterId: ids.adaAdmin };
    expect(await names([group], {}, { request: other })).toEqual(['bo']);
  });

  test('is nobody who is excluded, themselves or by group', async () => {
    await inGroup('bo');
    await groupIsRead();
    const excluded = [
      { id: ids.cy, name: 'cy' },
      { id: ids.group, name: 'sg-approvers' },
    ];
    expect(await names([named('bo'), named('cy'), named('dana')], { excluded })).toEqual(['dana']);
  });

  test('is nobody who is excluded with another account of theirs, in whoever’s place', async () => {
    await inGroup('bo');
    await groupIsRead();
    await linked('bo', 'adaAdmin');
    await linked('cy', 'eli');
    const excluded = [
      { id: ids.cy, name: 'cy' },
      { id: ids.group, name: 'sg-approvers' },
    ];
    const { approvers, leftOut } = await signers([named('adaAdmin'), named('eli'), named('dana')], {
      excluded,
    });
    expect(approvers.map(({ approverName }) => approverName)).toEqual(['dana']);
    expect(leftOut.map(({ why }) => why)).toEqual([
      'has another account, which is in sg-approvers, which is excluded',
      'has another account, which is excluded',
    ]);
    await isAway('dana', 'eli');
    expect(await names([named('dana')], { excluded })).toEqual([]);
    await db().execute(sql`insert into unlinked_accounts values (${ids.eli}, ${ids.cy}, now())`);
    await db().execute(sql`delete from linked_accounts where account_id = ${ids.eli}`);
    const request = { ...asked, filedAt: new Date(Date.now() - 60_000) };
    expect(await names([named('eli')], { excluded }, { request })).toEqual([]);
    expect(await names([named('eli')], { excluded })).toEqual(['eli']);
  });

  test('is nobody at all while it is not known who is in an excluded group', async () => {
    const excluded = [{ id: ids.group, name: 'sg-approvers' }];
    expect(await names([named('dana')], { excluded })).toEqual([]);
    await groupIsRead();
    expect(await names([named('dana')], { excluded })).toEqual(['dana']);
    // Only ever long ago: by no whole reading of late.
    await reading();
    expect(await names([named('dana')], { excluded })).toEqual([]);
  });

  test('is nobody at all while what was read of an excluded group is older than a day', async () => {
    await inGroup('bo');
    await empty('inventory_runs');
    await reading(25);
    await groupIsRead();
    const excluded = [{ id: ids.group, name: 'sg-approvers' }];
    const { approvers, leftOut } = await signers([named('bo'), named('dana')], { excluded });
    expect(approvers).toEqual([]);
    expect(leftOut.map(({ why }) => why)).toEqual([
      'is in sg-approvers, which is excluded',
      'may be in sg-approvers, which is excluded and was not read lately',
    ]);
  });

  test('is nobody at all while nobody knows whether what is excluded is a person or a group', async () => {
    const excluded = [{ id: testId(77), name: 'whoever' }];
    expect(await names([named('dana')], { excluded })).toEqual([]);
    const read = { list: 'users' as const, seenIn: testId(1), firstSeenAt: new Date() };
    await db()
      .insert(principals)
      .values({ id: testId(77), kind: 'guest', name: 'whoever', ...read });
    expect(await names([named('dana')], { excluded })).toEqual(['dana']);
  });

  test('is not kept from signing by a group that is gone', async () => {
    await db().update(principals).set({ goneAt: sql`now()` }).where(eq(principals.id, ids.group));
    const excluded = [{ id: ids.group, name: 'sg-approvers' }];
    expect(await names([named('dana')], { excluded })).toEqual(['dana']);
  });

  test('is nobody whose account is disabled or gone', async () => {
    await inGroup('bo', 'cy');
    await db().update(principals).set({ enabled: false }).where(eq(principals.id, ids.bo));
    await db().update(principals).set({ goneAt: sql`now()` }).where(eq(principals.id, ids.cy));
    expect(await names([group, named('bo'), named('cy')])).toEqual([]);
  });

  test('is nobody where the set is empty, and not everybody', async () => {
    expect(await names([group])).toEqual([]);
    expect(await names([{ is: 'manager' }, { is: 'owner' }])).toEqual([]);
  });

  test('is the manager, and of a group its owners', async () => {
    await answersFor('bo', ids.ada, 'manager');
    await answersFor('cy', ids.group, 'owner');
    expect(await names([{ is: 'manager' }])).toEqual(['bo']);
    const request = { ...asked, plane: 'group' as const, scopeId: ids.group };
    expect(await names([{ is: 'owner' }], {}, { request })).toEqual(['cy']);
  });

  test('are others after an escalation, not before', async () => {
    const escalation = { afterMinutes: 60, approvers: [named('cy')] };
    expect(await names([named('bo')], { escalation })).toEqual(['bo']);
    const { approvers } = await signers([named('bo')], { escalation }, { escalated: true });
    expect(approvers.map(({ approverName, isEscalated }) => [approverName, isEscalated])).toEqual([
      ['bo', false],
      ['cy', true],
    ]);
  });
});

describe('the owner of an Azure scope', () => {
  const owner: ApproverSet = { is: 'owner' };
  test('is who holds Owner at the nearest place, now and not only as eligible', async () => {
    await owns('bo', '/subscriptions/s1');
    await owns('cy', '/subscriptions/s1/resourcegroups/rg', 'eligible');
    expect(await names([owner])).toEqual(['bo']);
    await owns('dana', '/subscriptions/s1/resourceGroups/rg', 'activated');
    expect(await names([owner])).toEqual(['dana']);
  });

  test('is found above where the nearest is the requester’s own', async () => {
    await owns('ada', '/subscriptions/s1/resourcegroups/rg');
    await owns('bo', '/subscriptions/s1');
    expect(await names([owner])).toEqual(['bo']);
  });

  test('is found at the management group above the subscription', async () => {
    const parentId = '/providers/microsoft.management/managementgroups/platform';
    await owns('cy', '/providers/Microsoft.Management/managementGroups/platform');
    await db()
      .insert(childScopes)
      .values({ principalId: ids.eli, parentId, id: '/subscriptions/s1', name: 's1', kind: 'subscription' });
    expect(await names([owner])).toEqual(['cy']);
  });

  test('is every member of a group that holds it', async () => {
    await inGroup('bo', 'cy');
    await owns('group', '/subscriptions/s1');
    expect(await names([owner])).toEqual(['bo', 'cy']);
  });
});

describe('whoever is away', () => {
  test('is out, and their deputy in, for them', async () => {
    await isAway('bo', 'cy');
    const { approvers, leftOut } = await signers([named('bo')]);
    expect(approvers).toMatchObject([{ approverName: 'cy', forId: ids.bo, forName: 'bo', set: named('bo') }]);
    expect(leftOut).toMatchObject([{ name: 'bo', why: expect.stringContaining('is away until') }]);
  });

  test('has no deputy who is away too, nor that one’s deputy', async () => {
    await isAway('bo', 'cy');
    await isAway('cy', 'eli');
    expect(await names([named('bo')])).toEqual([]);
  });

  test('is not stood in for by the requester, nor by who is excluded', async () => {
    await isAway('bo', 'ada');
    await isAway('cy', 'dana');
    expect(await names([named('bo'), named('cy')], { excluded: [{ id: ids.dana, name: 'dana' }] })).toEqual(
      [],
    );
  });

  test('gives nobody a say by asking themselves', async () => {
    await isAway('ada', 'bo');
    expect(await names([named('ada')])).toEqual([]);
  });

  test('has of a critical role only a deputy whom the stage or its escalation names', async () => {
    await roleCan('reader', '*');
    await isAway('bo', 'cy');
    expect(await signers([named('bo')])).toMatchObject({
      approvers: [],
      leftOut: [{ name: 'bo' }, { name: 'cy', why: expect.stringContaining('critical') }],
    });
    const escalation = { afterMinutes: 60, approvers: [named('cy')] };
    expect((await signers([named('bo')], { escalation })).approvers).toMatchObject([
      { approverName: 'cy', forName: 'bo' },
    ]);
  });

  test('only counts while it lasts', async () => {
    await isAway('bo', 'cy', [1, 2]);
    expect(await names([named('bo')])).toEqual(['bo']);
  });
});

describe('whoever is on call', () => {
  const rotation = {
    ...{ zone: 'UTC', people: [{ id: ids.bo, name: 'bo' }], weekday: 1, time: '09:00', lengthDays: 7 },
    from: '2026-01-01',
  };
  test('is who has duty when it is signed, or who stands in then', async () => {
    const id = await saveSchedule(administrator, { id: null, version: 0, name: 'Platform', rotation });
    const set: ApproverSet = { is: 'on_call', id, name: 'Platform' };
    expect(await names([set])).toEqual(['bo']);
    const hour = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString().slice(0, 16);
    const person = { id: ids.cy, name: 'cy' };
    await overrideDuty(administrator, { scheduleId: id, person, from: hour(-1), until: hour(1) });
    expect(await names([set])).toEqual(['cy']);
    const proof = { isWithin: async () => false };
    expect(await isStillIn(set, ids.cy, asked, { proof })).toBe(true);
    expect(await isStillIn(set, ids.bo, asked, { proof })).toBe(false);
  });
});

describe('whether somebody is still in a set', () => {
  const proof = (members: string[]) => ({ isWithin: async (_: string, id: string) => members.includes(id) });
  test('Azure says of groups, whatever was read', async () => {
    await inGroup('bo');
    expect(await isStillIn(group, ids.bo, asked, { proof: proof([]) })).toBe(false);
    expect(await isStillIn(group, ids.cy, asked, { proof: proof([ids.cy]) })).toBe(true);
  });

  test('the last reading says of managers, unless it is older than a day', async () => {
    await answersFor('bo', ids.ada, 'manager');
    expect(await isStillIn({ is: 'manager' }, ids.bo, asked, { proof: proof([]) })).toBe(true);
    expect(await isStillIn({ is: 'manager' }, ids.cy, asked, { proof: proof([]) })).toBe(false);
    await db().delete(inventoryRuns);
    await reading(25);
    expect(await isStillIn({ is: 'manager' }, ids.bo, asked, { proof: proof([]) })).toBe(false);
  });
});
