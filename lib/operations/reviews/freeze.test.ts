import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { assignments, inventoryRuns, principals } from '#db/schema/inventory.ts';
import { mirrorPolicies } from '#db/schema/mirror.ts';
import { findings, useCoverage, uses } from '#db/schema/posture.ts';
import { hangs, managementGroup, testDatabase } from '#db/testing.ts';
import type { CampaignPlan } from '#lib/domain/campaign.ts';
import { unknownPolicy } from '#lib/domain/policy.ts';
import { openNow } from './open-campaign.ts';
import {
  administrator,
  answersFor,
  as,
  askedAbout,
  campaign,
  emptyTenant,
  holds,
  is,
  isBreakGlass,
  isIn,
  itemOf,
  itemsOf,
  makes,
  mayJoin,
  opens,
  told,
} from './testing.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(emptyTenant);

const holdersIn = async (id: string) => (await itemsOf(id)).map(({ principalId }) => principalId);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe('the population', () => {
  test('is everything the plan is about, orphans too, and is counted', async () => {
    await is('ann');
    await is('gus', 'guest', { goneAt: daysAgo(9) });
    await holds('ann');
    await holds('ann', { kind: 'eligible' });
    await holds('gus');
    await holds('nobody-knows');
    await holds('ann', { goneAt: daysAgo(1) });
    await holds('ann', { kind: 'activated' });
    const id = await opens();
    const inForce = await db().$count(assignments, sql`gone_at is null and kind <> 'activated'`);
    expect(await itemsOf(id)).toHaveLength(inForce);
    expect(await campaign(id)).toMatchObject({ status: 'open', population: inForce, orphans: 2 });
    expect((await itemOf(id, 'gus')).principalKind).toBe('unknown');
    expect(await told('campaign', id)).toEqual(['campaign.made', 'campaign.opened']);
  });

  test('stays as it was frozen, whatever the tenant does afterwards', async () => {
    await is('ann');
    await holds('ann');
    const id = await opens();
    const frozen = await itemsOf(id);
    await db().delete(assignments);
    await db().delete(principals);
    await holds('bo');
    expect(await itemsOf(id)).toEqual(frozen);
    await expect(openNow(administrator, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test.each<[string, Partial<CampaignPlan>, string[]]>([
    ['planes', { planes: ['azure'] }, ['sub']],
    ['roles by name, whatever the case', { roles: ['CRITICAL'] }, ['critical']],
    [
      'every critical role, and the groups that give one',
      { roles: 'critical' },
      ['critical', 'inPriv', 'priv'],
    ],
    ['a scope and what is below it', { scopes: ['/subscriptions/A/'] }, ['sub']],
    ['kinds of holder', { principalKinds: ['service_principal'] }, ['bot']],
    ['kinds of assignment', { holdings: ['time_bound'] }, ['bot']],
  ])('is narrowed by %s', async (_, plan, holders) => {
    for (const id of ['critical', 'sub', 'other', 'inPriv']) await is(id);
    await is('priv', 'group');
    await is('bot', 'service_principal');
    await holds('critical', { roleId: 'critical', roleName: 'Critical' });
    await holds('priv', { roleId: 'critical', roleName: 'Critical admin' });
    await holds('inPriv', {
      plane: 'group',
      roleId: 'member',
      roleName: 'Member',
      scopeId: 'priv',
      scopeKind: 'group',
    });
    await holds('bot', { kind: 'time_bound' });
    const resource = { plane: 'azure', scopeKind: 'resource' } as const;
    await holds('sub', { ...resource, scopeId: '/subscriptions/a/resourceGroups/r' });
    await holds('other', { plane: 'group', scopeId: '/subscriptions/ab' });
    expect(await holdersIn(await opens(plan))).toEqual(holders);
  });

  test('is narrowed by a management group to what is given at it and all that hangs below', async () => {
    for (const id of ['at', 'below', 'deep', 'beside']) await is(id);
    await hangs(managementGroup('root'), managementGroup('platform'), '/subscriptions/b');
    await hangs(managementGroup('platform'), managementGroup('inner'));
    await hangs(managementGroup('inner'), '/subscriptions/a');
    const azure = { plane: 'azure', scopeKind: 'management_group' } as const;
    await holds('at', { ...azure, scopeId: '/providers/Microsoft.Management/managementGroups/Platform' });
    await holds('below', { ...azure, scopeId: managementGroup('inner') });
    await holds('deep', { ...azure, scopeKind: 'resource', scopeId: '/subscriptions/A/resourceGroups/r' });
    await holds('beside', { ...azure, scopeKind: 'subscription', scopeId: '/subscriptions/b' });
    expect(await holdersIn(await opens({ scopes: [managementGroup('Platform')] }))).toEqual([
      ...['at', 'below', 'deep'],
    ]);
  });

  test('is narrowed to what is stale, or to what posture found', async () => {
    for (const id of ['idle', 'busy', 'off']) await is(id, 'member', { enabled: id !== 'off' });
    await known(100);
    for (const id of ['idle', 'busy']) await holds(id, { kind: 'eligible', id });
    await holds('off');
    await wasUsed('busy', 3, 5);
    expect(await holdersIn(await opens({ only: 'stale' }))).toEqual(['idle', 'off']);
    await found('busy');
    expect(await holdersIn(await opens({ only: 'risky' }))).toEqual(['busy']);
  });

  test('goes through groups, member by member, where groups are not reviewed themselves', async () => {
    await is('team', 'group');
    await is('inner', 'group');
    await is('gus', 'guest');
    await isIn('gus', 'team', ['inner']);
    const id = await holds('team', { kind: 'standing', roleId: 'critical' });
    const review = await opens({ principalKinds: ['guest'] });
    expect(await itemsOf(review)).toMatchObject([
      {
        principalId: 'gus',
        assignmentId: `${id} gus`,
        way: 'membership',
        wayGroupId: 'inner',
        isCritical: true,
      },
    ]);
    expect((await itemOf(review, 'gus')).kept).toMatchObject({ principalId: 'gus', azureId: id });
    expect(await holdersIn(await opens({ principalKinds: ['guest', 'group'] }))).toEqual(['team']);
  });

  test('has no member who is in the group for hours, by an activation', async () => {
    await is('team', 'group');
    for (const guest of ['gus', 'gil']) {
      await is(guest, 'guest');
      await isIn(guest, 'team');
    }
    await holds('team', { roleId: 'critical' });
    const member = { plane: 'group', roleId: 'member', scopeId: 'team', scopeKind: 'group' } as const;
    await holds('gus', { ...member, kind: 'activated', list: 'group_active' });
    const plan = { principalKinds: ['guest' as const], planes: ['entra' as const] };
    expect(await holdersIn(await opens(plan))).toEqual(['gil']);
    await holds('gus', { ...member, kind: 'standing', list: 'group_active' });
    expect(await holdersIn(await opens(plan))).toEqual(['gil', 'gus']);
  });

  test('knows a group as critical that is in a group which holds a critical role', async () => {
    await is('outer', 'group');
    await is('inner', 'group');
    await isIn('inner', 'outer');
    await holds('outer', { roleId: 'critical' });
    await is('ann');
    await mayJoin('ann', 'inner');
    const review = await opens({ planes: ['group'] });
    expect(await itemOf(review, 'ann')).toMatchObject({ isCritical: true });
  });

  test('needs a reading of the tenant that came to its end', async () => {
    await db().update(inventoryRuns).set({ finishedAt: null });
    const id = await makes();
    await expect(openNow(administrator, id)).rejects.toMatchObject({ code: 'no_reading' });
    expect((await campaign(id)).status).toBe('draft');
    expect(await told('campaign', id)).toEqual(['campaign.made']);
  });
});

describe('an item', () => {
  test('keeps the whole assignment, its evidence and a recommendation', async () => {
    await known(100);
    await is('ann', 'member', { name: 'Ann "A" Berg', lastSignInAt: new Date('2026-10-01') });
    const endsAt = new Date('2027-01-01T08:00:00.000Z');
    const facts = {
      condition: "@Resource[x] equals 'y'",
      conditionVersion: '2.0',
      endsAt,
      id: 'one',
    } as const;
    await holds('ann', { kind: 'eligible', ...facts });
    await wasUsed('ann', 2, 95);
    await found('one');
    const item = await itemOf(await opens(), 'ann');
    expect(item.kept).toEqual({
      ...{ assignmentId: 'one', azureId: 'one', scheduleId: null, kind: 'eligible', plane: 'entra' },
      ...{ roleId: 'plain', roleName: 'Plain', scopeId: '/', scopeName: 'Directory', scopeKind: 'directory' },
      ...{ principalId: 'ann', principalName: 'Ann "A" Berg', principalKind: 'member' },
      ...{
        condition: facts.condition,
        conditionVersion: '2.0',
        startsAt: null,
        endsAt: endsAt.toISOString(),
      },
    });
    const said = Object.fromEntries(item.evidence.map(({ label, value }) => [label, value]));
    expect(said).toMatchObject({
      Use: expect.stringMatching(/^Last activated 20.*, 2 times since 20/),
      ...{ 'Active time': '60 of 120 granted minutes', 'Last sign-in': '2026-10-01', Path: 'Direct' },
      ...{ Ends: '2027-01-01', Condition: facts.condition, Found: 'Something “odd”' },
    });
    expect(item).toMatchObject({
      recommendation: 'remove',
      recommendationWhy: expect.stringContaining('90 days'),
    });
  });

  test('that was never used says since when that is known', async () => {
    await is('ann');
    await holds('ann', { kind: 'eligible' });
    expect((await itemOf(await opens(), 'ann')).recommendation).toBe('keep');
    await known(40);
    const item = await itemOf(await opens(), 'ann');
    const since = daysAgo(40).toISOString().slice(0, 10);
    expect(item).toMatchObject({
      recommendation: 'remove',
      recommendationWhy: expect.stringContaining(since),
    });
  });

  test('of a break-glass account is kept', async () => {
    await is('glass');
    await isBreakGlass('glass');
    await holds('glass', { roleId: 'critical' });
    expect((await itemOf(await opens(), 'glass')).recommendation).toBe('keep');
  });
});

describe('the person asked is', () => {
  const order = { reviewers: ['manager', 'owner_or_sponsor', 'resource_owner', 'named'] } as const;
  const plan: Partial<CampaignPlan> = { ...order, reviewers: [...order.reviewers], named: ['nora'] };
  beforeEach(async () => {
    for (const id of ['ann', 'mia', 'nora', 'owen', 'off', 'quinn']) await is(id);
    await is('off2', 'member', { enabled: false });
    await is('bot', 'service_principal');
    await is('team', 'group');
  });

  test('the manager', async () => {
    await answersFor('mia', 'manager', 'ann');
    await holds('ann');
    expect(await askedAbout(await opens(plan), 'ann')).toEqual(['mia manager']);
  });

  test('the next rule’s, when the manager is gone, disabled, or nobody', async () => {
    await answersFor('off2', 'manager', 'ann');
    await holds('ann');
    expect(await askedAbout(await opens(plan), 'ann')).toEqual(['nora named']);
  });

  test('owners and sponsors of a workload or a group', async () => {
    await answersFor('owen', 'owner', 'bot');
    await answersFor('mia', 'sponsor', 'bot');
    await answersFor('owen', 'owner', 'team');
    await holds('bot');
    await holds('team');
    const id = await opens(plan);
    expect(await askedAbout(id, 'bot')).toEqual(['mia owner_or_sponsor', 'owen owner_or_sponsor']);
    expect(await askedAbout(id, 'team')).toEqual(['owen owner_or_sponsor']);
  });

  test('everybody in a group that is a sponsor', async () => {
    await is('stewards', 'group');
    await isIn('mia', 'inner', []);
    await isIn('mia', 'stewards', ['inner']);
    await isIn('off2', 'stewards');
    await answersFor('stewards', 'sponsor', 'gus');
    await is('gus', 'guest');
    await holds('gus');
    const asked = await askedAbout(await opens({ ...plan, reviewers: ['owner_or_sponsor'] }), 'gus');
    expect(asked).toEqual(['mia owner_or_sponsor']);
  });

  test('of a managed identity, who owns the resource it belongs to; its own owner before', async () => {
    const roleId = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    const azure = { plane: 'azure', scopeKind: 'resource' } as const;
    await holds('quinn', { ...azure, roleId, scopeId: '/subscriptions/s1' });
    const resourceId = '/subscriptions/S1/resourceGroups/G/providers/Microsoft.Compute/virtualMachines/vm';
    for (const id of ['vm', 'named-vm']) {
      await is(id, 'managed_identity', { resourceId });
      await holds(id);
    }
    await answersFor('owen', 'owner', 'named-vm');
    const id = await opens({ reviewers: ['owner_or_sponsor'] });
    expect(await askedAbout(id, 'vm')).toEqual(['quinn owner_or_sponsor']);
    expect(await askedAbout(id, 'named-vm')).toEqual(['owen owner_or_sponsor']);
  });

  test('who owns the resource, the nearest first: at the place, its resource group, its subscription', async () => {
    const azure = { plane: 'azure', scopeKind: 'resource' } as const;
    const roleId = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    const group = '/subscriptions/S1/resourceGroups/G1';
    await holds('owen', { ...azure, roleId, scopeId: '/subscriptions/s1' });
    await holds('quinn', { ...azure, roleId, scopeId: group, kind: 'eligible' });
    await holds('ann', { ...azure, scopeId: `${group.toUpperCase()}/providers/x/vaults/v` });
    await holds('bot', { ...azure, scopeId: '/subscriptions/s1/resourceGroups/other' });
    const id = await opens(plan);
    expect(await askedAbout(id, 'ann')).toEqual(['quinn resource_owner']);
    expect(await askedAbout(id, 'bot')).toEqual(['owen resource_owner']);
  });

  test('who owns the nearest management group above, where nobody owns the subscription', async () => {
    const wide = { plane: 'azure', scopeKind: 'management_group' } as const;
    const roleId = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
    await hangs(managementGroup('root'), managementGroup('platform'));
    await hangs(managementGroup('platform'), managementGroup('inner'), '/subscriptions/s2');
    await hangs(managementGroup('inner'), '/subscriptions/s1');
    await holds('owen', { ...wide, roleId, scopeId: managementGroup('root') });
    await holds('quinn', { ...wide, roleId, scopeId: managementGroup('Platform') });
    await holds('ann', { ...wide, scopeKind: 'resource', scopeId: '/subscriptions/S1/resourceGroups/g' });
    await holds('bot', { ...wide, scopeId: managementGroup('platform') });
    const id = await opens(plan);
    expect(await askedAbout(id, 'ann')).toEqual(['quinn resource_owner']);
    expect(await askedAbout(id, 'bot')).toEqual(['quinn resource_owner']);
    // Their own is asked of the next: the rule after this one.
    expect(await askedAbout(id, 'quinn')).not.toContain('quinn resource_owner');
  });

  test('the owner of the group that a membership is of', async () => {
    await answersFor('owen', 'owner', 'team');
    await holds('ann', { plane: 'group', roleId: 'member', scopeId: 'team' });
    expect(await askedAbout(await opens(plan), 'ann')).toEqual(['owen resource_owner']);
  });

  test('the owner of the role: whom its policy names to approve, or who owns the group that PIM manages', async () => {
    await answersFor('owen', 'owner', 'team');
    await holds('ann', { roleId: 'critical' });
    await holds('mia', { plane: 'group', roleId: 'member', scopeId: 'team', scopeKind: 'group' });
    const approvers = ['quinn', 'ann', 'off2'].map((id) => ({ id, name: id, through: null }));
    const policy = (approval: boolean) => ({ ...unknownPolicy, approval, approvers });
    await db()
      .insert(mirrorPolicies)
      .values({ plane: 'entra', roleId: 'critical', scopeId: '/', readAt: new Date(), facts: policy(true) });
    const owners: Partial<CampaignPlan> = { reviewers: ['role_owner'] };
    const id = await opens(owners);
    expect(await askedAbout(id, 'ann')).toEqual(['quinn role_owner']);
    expect(await askedAbout(id, 'mia')).toEqual(['owen role_owner']);
    await db()
      .update(mirrorPolicies)
      .set({ facts: policy(false) });
    expect(await askedAbout(await opens(owners), 'ann')).toEqual(['rea fallback']);
  });

  test('the fallback, when no rule names anybody', async () => {
    await holds('ann');
    expect(await askedAbout(await opens({ reviewers: ['role_owner', 'manager'] }), 'ann')).toEqual([
      'rea fallback',
    ]);
  });

  test('never the holder, and nobody in the group that holds it; at last who made the review', async () => {
    await isIn('owen', 'team');
    await answersFor('owen', 'owner', 'team');
    await holds('team');
    await holds('nora');
    await holds('rea');
    const id = await opens(plan);
    expect(await askedAbout(id, 'team')).toEqual(['nora named']);
    expect(await askedAbout(id, 'nora')).toEqual(['rea fallback']);
    expect(await askedAbout(await opens({ reviewers: [] }), 'rea')).toEqual(['adele fallback']);
  });

  test('not who made the review either, once they cannot sign in any more', async () => {
    await holds('rea');
    const off = await opens();
    expect(await askedAbout(off, 'rea')).toEqual(['adele fallback']);
    await db().update(principals).set({ enabled: false }).where(eq(principals.id, 'adele'));
    expect(await askedAbout(await opens(), 'rea')).toEqual([]);
    await db()
      .update(principals)
      .set({ enabled: true, goneAt: daysAgo(1) })
      .where(eq(principals.id, 'adele'));
    expect(await askedAbout(await opens(), 'rea')).toEqual([]);
  });

  test('nobody, when only the holder is left, and that is counted', async () => {
    await holds('adele');
    const id = await opens({ fallback: ['adele'] });
    expect(await askedAbout(id, 'adele')).toEqual([]);
  });
});

test('only who runs reviews opens one', async () => {
  const id = await makes();
  for (const stranger of [as('ann'), as('ann', 'Stint.Auditor')])
    await expect(openNow(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
  await openNow(as('ray', 'Stint.Reviewer'), id);
});

test('opened twice at once, it is opened once', async () => {
  await is('ann');
  await holds('ann');
  const id = await makes();
  const tries = await Promise.allSettled([1, 2, 3].map(() => openNow(administrator, id)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await itemsOf(id)).toHaveLength(1);
  expect(await told('campaign', id)).toEqual(['campaign.made', 'campaign.opened']);
});

async function known(days: number) {
  const id = '00000000-0000-4000-8000-000000000009';
  await db()
    .insert(useCoverage)
    .values({ id, source: 'azure_audit', fromAt: daysAgo(days), untilAt: new Date() });
}

async function wasUsed(principalId: string, count: number, days: number) {
  await db()
    .insert(uses)
    .values({
      ...{ principalId, plane: 'entra', roleId: 'plain', scopeId: '/', count, lastAt: daysAgo(days) },
      ...{ activeMinutes: 60, grantedMinutes: 120 },
    });
}

async function found(assignmentId: string) {
  await db()
    .insert(findings)
    .values({
      ...{ kind: 'oversized_role', subject: assignmentId, assignmentId, risk: 'high', rank: 0 },
      ...{ title: 'Something “odd”', evidence: [], nextStep: '', state: 'open' },
      ...{ firstSeenAt: new Date(), lastSeenAt: new Date() },
    });
}
