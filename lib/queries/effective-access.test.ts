import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { assignments, principals, responsibles } from '#db/schema/inventory.ts';
import { mirrorRoles } from '#db/schema/mirror.ts';
import { effectiveMembers, outsideRoles, useCoverage, uses } from '#db/schema/posture.ts';
import { hangs, managementGroup, testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { effectiveAccess } from './effective-access.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(() =>
  empty(
    `assignments principals responsibles effective_members uses use_coverage outside_roles scope_tree mirror_roles`,
  ),
);

const viewer = (...roles: AppRole[]): Actor => ({
  ...{ tenantId: testTenant, objectId: 'x', name: 'X', upn: 'x@contoso.example', roles },
});
const auditor = viewer('Stint.Auditor');
const seen = { seenIn: '00000000-0000-4000-8000-000000000001', firstSeenAt: new Date('2026-01-01') };

const is = (id: string, facts: Partial<typeof principals.$inferInsert> = {}) =>
  db()
    .insert(principals)
    .values({ id, kind: 'member', name: id.toUpperCase(), list: 'users', ...seen, ...facts });
async function holds(principalId: string, facts: Partial<typeof assignments.$inferInsert> = {}) {
  await db()
    .insert(assignments)
    .values({
      ...{ id: crypto.randomUUID(), azureId: 'x', list: 'azure_active', place: '/', plane: 'azure' },
      ...{ kind: 'standing', roleId: 'r', roleName: 'Reader', scopeId: '/subscriptions/S1' },
      ...{ scopeName: 'Staging', scopeKind: 'subscription', principalId, ...seen, ...facts },
    });
}
const mayJoin = (principalId: string, scopeId: string) =>
  holds(principalId, {
    ...{ plane: 'group', kind: 'eligible', roleId: 'member', roleName: 'Member', scopeId },
    scopeKind: 'group',
  });
const isIn = (groupId: string, memberId: string, ...through: string[]) =>
  db().insert(effectiveMembers).values({ groupId, memberId, through });
/** By role, then by way: rows of one role stand in the order of ids, which are made up. */
async function ways(id = 'ada') {
  const access = await effectiveAccess(auditor, id);
  return access?.rows
    .map(({ roleName, path }) => [
      roleName,
      path.map(({ groupName, how }) => (how === 'member' ? groupName : `${groupName}?`)).join(' > '),
    ])
    .toSorted((one, other) => (one.join() < other.join() ? -1 : 1));
}

test('of more than a page shows, the most dangerous is first, whatever it is called', async () => {
  await is('ada');
  const many = { roleName: 'Reader', scopeKind: 'resource' } as const;
  const row = (n: number) => ({
    ...({
      id: `r${n}`,
      azureId: 'x',
      list: 'azure_active',
      place: '/',
      plane: 'azure',
      kind: 'standing',
    } as const),
    ...{
      roleId: 'r',
      scopeId: `/subscriptions/S1/x/${n}`,
      scopeName: `${n}`,
      principalId: 'ada',
      ...seen,
      ...many,
    },
  });
  await db()
    .insert(assignments)
    .values(Array.from({ length: 1_005 }, (_, n) => row(n)));
  const actions = ['*'];
  const none = { notActions: [], dataActions: [], notDataActions: [] };
  const known = { plane: 'azure', id: 'z', name: 'Zone Owner', description: '', isBuiltIn: true } as const;
  await db()
    .insert(mirrorRoles)
    .values({
      ...{ plane: 'azure', roleId: 'z', readAt: new Date() },
      definition: { ...known, isPrivileged: true, actions, ...none },
    });
  await holds('ada', { roleId: 'z', roleName: 'Zone Owner' });
  const access = await effectiveAccess(auditor, 'ada');
  expect([access?.rows.length, access?.rows[0]?.roleName, access?.more]).toEqual([1_000, 'Zone Owner', true]);
});

describe('within reach is', () => {
  test('one’s own, and what a group gives, with the way to it from the person on', async () => {
    await is('ada');
    await is('inner', { kind: 'group' });
    await is('outer', { kind: 'group' });
    await holds('ada', { roleName: 'A' });
    await holds('outer', { roleName: 'B' });
    await holds('other', { roleName: 'C' });
    await isIn('inner', 'ada');
    await isIn('outer', 'ada', 'inner');
    expect(await ways()).toEqual([
      ['A', ''],
      ['B', 'INNER > OUTER'],
    ]);
  });

  test('what a group gives that may be joined, also from a group, and from one to the next', async () => {
    await is('ada');
    await isIn('team', 'ada');
    await mayJoin('team', 'oncall');
    await isIn('ops', 'oncall');
    await mayJoin('ops', 'crown');
    await holds('ops', { roleName: 'B' });
    await holds('crown', { roleName: 'A' });
    expect(await ways()).toEqual([
      ['A', 'team > oncall? > ops > crown?'],
      ['B', 'team > oncall? > ops'],
      ['Member', 'team'],
      ['Member', 'team > oncall? > ops'],
    ]);
  });

  test('by the way with fewest activations, though another has fewer groups', async () => {
    await is('ada');
    await isIn('a', 'ada');
    await isIn('crown', 'ada', 'a');
    await mayJoin('ada', 'crown');
    await holds('crown');
    expect(await ways()).toContainEqual(['Reader', 'a > crown']);
  });

  test('nothing without end where memberships go in a circle', async () => {
    await is('ada');
    await mayJoin('ada', 'a');
    await mayJoin('a', 'b');
    await mayJoin('b', 'a');
    await holds('b', { roleName: 'B' });
    expect(await ways()).toContainEqual(['B', 'a? > b?']);
  });

  test('a binding that several places show once, and what is gone not at all', async () => {
    await is('ada');
    await holds('ada', { scopeId: '/providers/x/MG1', place: '/subscriptions/s1' });
    await holds('ada', { scopeId: '/providers/x/mg1', place: '/subscriptions/s2' });
    await holds('ada', { roleName: 'Gone', roleId: 'g', goneAt: new Date() });
    expect(await ways()).toEqual([['Reader', '']]);
  });
});

describe('a role at a management group', () => {
  const platform = { scopeId: managementGroup('Platform'), scopeName: 'Platform' };
  const wide = { ...platform, scopeKind: 'management_group' as const };
  const reached = async () => (await effectiveAccess(auditor, 'ada'))?.rows.map(({ reach }) => reach);

  test('reaches what hangs below it, however deep, and nothing beside it', async () => {
    await holds('ada', wide);
    await hangs(managementGroup('root'), managementGroup('platform'), managementGroup('sandbox'));
    await hangs(managementGroup('platform'), managementGroup('prod'), '/subscriptions/s1');
    await hangs(managementGroup('prod'), '/subscriptions/s2');
    await hangs(managementGroup('sandbox'), '/subscriptions/s3');
    expect(await reached()).toEqual([{ subscriptions: ['s1', 's2'], managementGroups: ['prod'] }]);
  });

  test('reaches nobody knows what where that was not read', async () => {
    await holds('ada', wide);
    expect(await reached()).toEqual([null]);
  });

  test('is named beside the same role held below it in the same way, and only then', async () => {
    await hangs(managementGroup('root'), managementGroup('platform'));
    await hangs(managementGroup('platform'), '/subscriptions/s1');
    await isIn('team', 'ada');
    await holds('team', wide);
    await holds('ada', { roleName: 'Same', scopeId: '/subscriptions/S1/resourceGroups/rg' });
    await holds('ada', { roleName: 'Other', roleId: 'other' });
    await holds('ada', { roleName: 'Eligible', kind: 'eligible' });
    await holds('ada', { roleName: 'Elsewhere', scopeId: '/subscriptions/S2' });
    const also = async () =>
      (await effectiveAccess(auditor, 'ada'))?.rows
        .map(({ roleName, alsoAt }) => [roleName, alsoAt])
        .toSorted();
    const beside = ['Eligible', 'Elsewhere', 'Other', 'Reader'].map((name) => [name, null]);
    expect(await also()).toEqual([...beside, ['Same', 'Platform']].toSorted());
    await db().update(assignments).set({ condition: 'only' }).where(sql`principal_id = 'team'`);
    expect(await also()).toContainEqual(['Same', null]);
    await db()
      .update(assignments)
      .set({ condition: null, endsAt: new Date('2099-01-01') })
      .where(sql`principal_id = 'team'`);
    expect(await also()).toContainEqual(['Same', null]);
  });
});

test('use is what the person did, also through a group; of a membership to come nothing is said', async () => {
  await is('ada');
  await isIn('team', 'ada');
  const eligible = { kind: 'eligible', roleName: 'A', roleId: 'R' } as const;
  await holds('team', eligible);
  await mayJoin('team', 'oncall');
  await holds('oncall', { ...eligible, roleName: 'B' });
  const used = {
    plane: 'azure',
    roleId: 'r',
    scopeId: '/subscriptions/s1',
    lastAt: new Date('2026-05-01'),
  } as const;
  const minutes = { activeMinutes: 1, grantedMinutes: 1 };
  await db()
    .insert(uses)
    .values([
      { ...used, ...minutes, principalId: 'ada', count: 2 },
      { ...used, ...minutes, principalId: 'team', count: 9 },
    ]);
  const now = new Date();
  await db()
    .insert(useCoverage)
    .values({ id: crypto.randomUUID(), source: 'stint', fromAt: new Date('2026-01-01'), untilAt: now });
  const access = await effectiveAccess(auditor, 'ada');
  expect(access?.knownSince).toEqual(new Date('2026-01-01'));
  expect(access?.rows.map(({ roleName, use }) => [roleName, use])).toEqual([
    ['A', { count: 2, lastAt: used.lastAt }],
    ['B', null],
    ['Member', { count: 0, lastAt: null }],
  ]);
});

test('who answers for it and what it holds outside roles is told; who is unknown but holds something is shown', async () => {
  await is('pipe', { kind: 'service_principal', enabled: false });
  await is('bo');
  await db()
    .insert(responsibles)
    .values({ principalId: 'pipe', responsibleId: 'bo', as: 'owner', list: 'service_principals', ...seen });
  await db()
    .insert(outsideRoles)
    .values({
      ...{ id: 'consent 1', list: 'service_principals', place: '/', kind: 'consent', azureId: '1' },
      ...{ principalId: 'pipe', principalName: 'Pipe', targetId: 'graph', targetName: 'Microsoft Graph' },
      ...{ what: 'Mail.Read', details: {}, ...seen },
    });
  await holds('orphan');
  expect(await effectiveAccess(auditor, 'PIPE')).toMatchObject({
    ...{ name: 'PIPE', enabled: false, rows: [] },
    responsibles: [{ id: 'bo', name: 'BO', as: 'owner' }],
    outside: [{ what: 'Mail.Read', targetName: 'Microsoft Graph' }],
  });
  expect(await effectiveAccess(auditor, 'orphan')).toMatchObject({ name: 'orphan', kind: 'unknown' });
});

test('it is open to auditors and administrators, and there is none of nobody', async () => {
  await is('ada');
  for (const stranger of [viewer(), viewer('Stint.Reviewer')])
    expect(await effectiveAccess(stranger, 'ada')).toBeNull();
  expect(await effectiveAccess(viewer('Stint.Administrator'), 'ada')).not.toBeNull();
  for (const nobody of ['nobody', '', '\0', "'", 'x'.repeat(9_999)])
    expect(await effectiveAccess(auditor, nobody)).toBeNull();
});
