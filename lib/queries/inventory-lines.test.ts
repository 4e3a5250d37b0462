import { beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { assignments, principals } from '#db/schema/inventory.ts';
import { uses } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { inventoryColumns } from '#lib/export/inventory-columns.ts';
import { lineFormats } from '#lib/export/line.ts';
import { inventoryLines, readAssignmentPlace } from './inventory-lines.ts';
import type { InventoryFilter } from './inventory-rows.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(() => empty('assignments principals uses'));

const viewer = (...roles: AppRole[]): Actor => ({
  ...{ tenantId: testTenant, objectId: 'x', name: 'X', upn: 'x@contoso.example', roles },
});
const seen = {
  seenIn: '00000000-0000-4000-8000-000000000001',
  firstSeenAt: new Date('2026-01-01T00:00:00Z'),
};
const knownSince = new Date('2026-02-01T00:00:00Z');

async function holds(...all: Partial<typeof assignments.$inferInsert>[]): Promise<void> {
  await db()
    .insert(assignments)
    .values(
      all.map((facts, n) => ({
        ...{ id: `azure_eligible ${n}`, azureId: 'x', list: 'azure_eligible', place: '/', plane: 'azure' },
        ...{ kind: 'eligible', roleId: 'R', roleName: 'Reader', scopeId: '/subscriptions/S1' },
        ...{ scopeName: 'Staging', scopeKind: 'subscription', principalId: 'ada', ...seen, ...facts },
      })) as (typeof assignments.$inferInsert)[],
    );
}
const uses90 = (lastAt: Date) =>
  db()
    .insert(uses)
    .values({
      ...{ principalId: 'ada', plane: 'azure', roleId: 'r', scopeId: '/subscriptions/s1', count: 3, lastAt },
      ...{ activeMinutes: 30, grantedMinutes: 60 },
    });

async function exported(
  format: keyof typeof lineFormats,
  filter: InventoryFilter = {},
  after: string | null = null,
) {
  const line = lineFormats[format].line(inventoryColumns(knownSince));
  const parts: Uint8Array[] = [];
  const signal = new AbortController().signal;
  for await (const part of inventoryLines(viewer('Stint.Auditor'), { filter, after }, line, signal))
    parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}
const rows = async (filter?: InventoryFilter, after?: string | null) =>
  (await exported('jsonl', filter, after))
    .split('\n')
    .filter(Boolean)
    .map((text) => JSON.parse(text));

test('a row tells who holds what, how it is used, and since when that is known', async () => {
  const lastAt = new Date('2026-03-01T10:00:00Z');
  await db()
    .insert(principals)
    .values({ id: 'ada', kind: 'guest', name: 'Ada "A" Lind', enabled: true, list: 'users', ...seen });
  await holds({ condition: '@Resource[x]' }, { kind: 'standing', principalId: 'gone', goneAt: null });
  await uses90(lastAt);
  const [one, other] = await rows();
  expect(one).toMatchObject({
    ...{
      plane: 'Azure',
      role: 'Reader',
      how: 'Eligible',
      principal: 'Ada "A" Lind',
      principal_kind: 'Guest',
    },
    ...{ activations: 3, last_activated_at: lastAt.toISOString(), use_known_since: knownSince.toISOString() },
    ...{ condition: '@Resource[x]', active_minutes: 30, granted_minutes: 60 },
  });
  expect(other).toMatchObject({
    ...{ how: 'Standing', principal: 'gone', principal_kind: 'Unknown' },
    ...{ activations: null, use_known_since: null },
  });
});

test('what a spreadsheet would run is text', async () => {
  await holds({ roleName: '=HYPERLINK("x")' });
  expect(await exported('csv')).toContain(`"'=HYPERLINK(""x"")"`);
});

test('taken up again after any of its lines it is the whole', async () => {
  await holds(...Array.from({ length: 450 }, () => ({})));
  const all = await rows();
  expect(all).toHaveLength(450);
  expect(new Set(all.map(({ cursor }) => cursor)).size).toBe(450);
  for (const at of [0, 199, 200, 448, 449]) {
    expect(await rows({}, readAssignmentPlace(all[at].cursor))).toEqual(all.slice(at + 1));
  }
});

test.each<[InventoryFilter, string[]]>([
  [{ use: 'never' }, ['azure_eligible 1']],
  [{ use: 'idle' }, ['azure_eligible 0', 'azure_eligible 1']],
  [{ kind: 'standing' }, ['azure_eligible 2']],
])('a filter %j keeps what it names', async (filter, ids) => {
  await holds({}, { principalId: 'bo' }, { kind: 'standing' });
  await uses90(new Date(Date.now() - 91 * 86_400_000));
  expect((await rows(filter)).map(({ cursor }) => cursor)).toEqual(ids);
});

test('what was used lately is not idle', async () => {
  await holds({});
  await uses90(new Date(Date.now() - 89 * 86_400_000));
  expect(await rows({ use: 'idle' })).toEqual([]);
});

test.each(['', 'x', 'UPPER 1', 'azure_active ', 'azure_active \0'])(
  '%j is no place to go on from',
  (text) => {
    expect(() => readAssignmentPlace(text)).toThrow(/names no place/);
  },
);

test('the export is open to auditors and administrators, to nobody else', () => {
  const line = lineFormats.csv.line(inventoryColumns(null));
  const take = (who: Actor) =>
    inventoryLines(who, { filter: {}, after: null }, line, new AbortController().signal);
  for (const stranger of [viewer(), viewer('Stint.Reviewer')])
    expect(() => take(stranger)).toThrow(expect.objectContaining({ code: 'not_allowed' }));
  for (const reader of [viewer('Stint.Auditor'), viewer('Stint.Administrator')])
    expect(() => take(reader)).not.toThrow();
});
