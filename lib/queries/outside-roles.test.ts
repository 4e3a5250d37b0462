import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { principals } from '#db/schema/inventory.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { outside } from './outside-roles.ts';
import type { OutsideFilter } from './outside-rows.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(() => empty('outside_roles principals'));

const viewer = (...roles: AppRole[]): Actor => ({
  tenantId: testTenant,
  objectId: 'x',
  name: 'X',
  upn: 'x@contoso.example',
  roles,
});
const auditor = viewer('Stint.Auditor');
const run = '00000000-0000-4000-8000-000000000001';
const seen = { seenIn: run, firstSeenAt: new Date('2026-01-01T00:00:00Z') };

const holds = (id: string, facts: Partial<typeof outsideRoles.$inferInsert> = {}) =>
  db()
    .insert(outsideRoles)
    .values({
      ...{ id, azureId: id, list: 'consents', place: '/', kind: 'consent', principalId: 'app' },
      ...{ principalName: 'grafana', targetId: 'api', targetName: 'Microsoft Graph', what: 'Mail.Read' },
      ...{ details: {}, ...seen, ...facts },
    });
const shown = async (filter: OutsideFilter = {}) =>
  ((await outside(auditor, filter, null))?.rows ?? []).map(({ id }) => id);

test('what lies outside roles is open to auditors and administrators, to nobody else', async () => {
  await holds('a');
  for (const stranger of [viewer(), viewer('Stint.Reviewer')])
    expect(await outside(stranger, {}, null)).toBeNull();
  for (const reader of [auditor, viewer('Stint.Administrator')])
    expect((await outside(reader, {}, null))?.rows).toHaveLength(1);
});

test.each<[OutsideFilter, string[]]>([
  [{}, ['b', 'a', 'c']],
  [{ kind: 'credential' }, ['c']],
  [{ principal: 'GRAF' }, ['a']],
  [{ principal: 'app2' }, ['b']],
  [{ principal: '%' }, []],
  [{ over: 'graph' }, ['a']],
  [{ over: 'mail.' }, ['a']],
  [{ kind: 'consent', over: 'payments' }, []],
])('the filter %j shows %j', async (filter, ids) => {
  await holds('a');
  await holds('b', {
    ...{ kind: 'application_owner', principalId: 'app2', principalName: 'Ada' },
    ...{ targetName: 'payments', what: 'Owner' },
  });
  await holds('c', { kind: 'credential', principalName: 'ci', targetName: 'ci', what: 'by hand' });
  await holds('d', { goneAt: new Date() });
  expect(await shown(filter)).toEqual(ids);
});

test('pages follow each other without a gap or a repeat, also back', async () => {
  for (let at = 0; at < 7; at++)
    await holds(`r${at}`, {
      kind: at < 3 ? 'consent' : 'credential',
      principalName: `App ${at % 2}`,
    });
  const all = await shown();
  const ids = (page: Awaited<ReturnType<typeof outside>>) => page?.rows.map(({ id }) => id);
  const first = await outside(auditor, {}, null, 3);
  const second = await outside(auditor, {}, first?.next ?? null, 3);
  const third = await outside(auditor, {}, second?.next ?? null, 3);
  expect([first, second, third].flatMap(ids)).toEqual(all);
  expect(third?.next).toBeNull();
  expect(ids(await outside(auditor, {}, second?.previous ?? null, 3))).toEqual(ids(first));
  expect(ids(await outside(auditor, {}, 'bm90IGEgcGxhY2U', 3))).toEqual(ids(first));
});

test('a consent names the one person it is for, and a credential never its secret', async () => {
  await db()
    .insert(principals)
    .values({ id: 'hanna', kind: 'member', name: 'Hanna Berg', list: 'users', ...seen });
  await holds('a', { details: { forEverybody: false, forId: 'hanna' } });
  await holds('b', { details: { forEverybody: true, forId: null } });
  await holds('c', { kind: 'credential', details: { type: 'secret', on: 'application', hint: 'q3k' } });
  expect((await outside(auditor, {}, null))?.rows.map(({ facts }) => facts)).toEqual([
    ['for Hanna Berg only'],
    ['for everybody in the tenant'],
    ['secret on the application', 'begins with q3k'],
  ]);
});
