import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { uses } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { inventory } from './inventory.ts';
import type { InventoryFilter } from './inventory-rows.ts';
import { posture } from './posture.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(() => empty('assignments principals uses'));

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

async function holds(id: string, facts: Partial<typeof assignments.$inferInsert> = {}): Promise<void> {
  await db()
    .insert(assignments)
    .values({
      ...{
        id,
        azureId: id,
        list: 'azure_active',
        place: '/subscriptions/one',
        plane: 'azure',
        kind: 'standing',
      },
      ...{ roleId: 'r', roleName: 'Contributor', scopeId: '/subscriptions/one', scopeName: 'Staging' },
      ...{ scopeKind: 'subscription', principalId: 'ada', ...seen, ...facts },
    });
}
const is = (id: string, facts: Partial<typeof principals.$inferInsert> = {}) =>
  db()
    .insert(principals)
    .values({ id, kind: 'member', name: id, list: 'users', ...seen, ...facts });
const shown = async (filter: InventoryFilter = {}) =>
  ((await inventory(auditor, filter, null))?.rows ?? []).map(({ id }) => id);

test('the tenant’s posture is open to auditors and administrators, to nobody else', async () => {
  await holds('a');
  for (const stranger of [viewer(), viewer('Stint.Reviewer')]) {
    expect(await inventory(stranger, {}, null)).toBeNull();
    expect(await posture(stranger)).toBeNull();
  }
  for (const reader of [auditor, viewer('Stint.Administrator')]) {
    expect((await inventory(reader, {}, null))?.rows).toHaveLength(1);
    expect(await posture(reader)).toMatchObject({ last: null, current: null, totals: [] });
  }
});

test('what is gone is not shown, and who is not known is called unknown', async () => {
  await holds('a');
  await holds('b', { goneAt: new Date() });
  await is('bo', { goneAt: new Date(), name: 'Bo' });
  await holds('c', { principalId: 'bo' });
  expect((await inventory(auditor, { principalKind: 'unknown' }, null))?.rows).toMatchObject([
    { id: 'a', principalKind: 'unknown', principalName: 'ada' },
    { id: 'c', principalKind: 'unknown', principalName: 'Bo' },
  ]);
});

test.each<[InventoryFilter, string[]]>([
  [{}, ['a', 'b', 'c']],
  [{ plane: 'entra' }, ['c']],
  [{ kind: 'eligible' }, ['b']],
  [{ principalKind: 'service_principal' }, ['b']],
  [{ principalKind: 'unknown' }, ['c']],
  [{ principal: 'LIND' }, ['a']],
  [{ principal: 'PIPE@contoso' }, ['b']],
  [{ principal: 'GONE' }, ['c']],
  [{ principal: '%' }, []],
  [{ role: 'reader' }, ['c']],
  [{ role: 'stag' }, ['a', 'b']],
  [{ role: 'stag', kind: 'standing', principal: 'ada' }, ['a']],
])('a filter %j shows what it names', async (filter, ids) => {
  await is('ada', { name: 'Ada Lind' });
  await is('pipe', {
    name: 'Pipeline',
    upn: 'pipe@contoso.example',
    kind: 'service_principal',
    list: 'service_principals',
  });
  await holds('a');
  await holds('b', { principalId: 'pipe', kind: 'eligible' });
  await holds('c', { principalId: 'gone', plane: 'entra', roleName: 'Reader', scopeName: 'Directory' });
  expect(await shown(filter)).toEqual(ids);
});

test('an eligible assignment tells how it was used, in whatever case Azure writes its scope; one in force does not', async () => {
  const lastAt = new Date('2026-05-01T00:00:00Z');
  const used = {
    plane: 'azure',
    roleId: 'r',
    activeMinutes: 0,
    grantedMinutes: 0,
    count: 2,
    lastAt,
  } as const;
  await db()
    .insert(uses)
    .values({ ...used, principalId: 'ada', scopeId: '/subscriptions/one' });
  await holds('a', { kind: 'eligible', scopeId: '/subscriptions/ONE', roleId: 'R' });
  await holds('b', { kind: 'eligible', principalId: 'bo' });
  await holds('c');
  const rows = (await inventory(auditor, {}, null))?.rows.map(({ id, use }) => [id, use]);
  expect(rows).toEqual([
    ['a', { count: 2, lastAt }],
    ['b', { count: 0, lastAt: null }],
    ['c', null],
  ]);
  expect(await shown({ use: 'never' })).toEqual(['b']);
});

test.each([1, 2, 3, 50])('pages of %i lose and repeat nothing, forward and back', async (size) => {
  for (let n = 0; n < 9; n++)
    await holds(`a${n}`, { roleName: ['Owner', 'contributor', 'Reader'][n % 3] ?? '' });
  const seenIds: string[] = [];
  let page = await inventory(auditor, {}, null, size);
  while (page) {
    seenIds.push(...page.rows.map(({ id }) => id));
    page = page.next ? await inventory(auditor, {}, page.next, size) : null;
  }
  expect(seenIds).toHaveLength(9);
  expect(new Set(seenIds).size).toBe(9);
  const first = await inventory(auditor, {}, null, size);
  const second = first?.next ? await inventory(auditor, {}, first.next, size) : null;
  if (second?.previous)
    expect((await inventory(auditor, {}, second.previous, size))?.rows).toEqual(first?.rows);
});

test('a mangled link begins at the first page', async () => {
  await holds('a');
  for (const text of ['x', '%%%', Buffer.from('sideways\na\nb').toString('base64url')])
    expect((await inventory(auditor, {}, text))?.rows).toHaveLength(1);
});
