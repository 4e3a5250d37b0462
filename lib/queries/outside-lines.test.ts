import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { outsideRoles } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { lineFormats } from '#lib/export/line.ts';
import { outsideColumns } from '#lib/export/outside-columns.ts';
import { outsideLines } from './outside-lines.ts';
import type { OutsideFilter } from './outside-rows.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  return () => opened.close();
});
beforeEach(() => empty('outside_roles'));

const viewer = (...roles: AppRole[]): Actor => ({
  ...{ tenantId: testTenant, objectId: 'x', name: 'X', upn: 'x@contoso.example', roles },
});
const seen = {
  seenIn: '00000000-0000-4000-8000-000000000001',
  firstSeenAt: new Date('2026-01-01T00:00:00Z'),
};
const holds = (count: number, facts: Partial<typeof outsideRoles.$inferInsert> = {}) =>
  db()
    .insert(outsideRoles)
    .values(
      Array.from({ length: count }, (_, n) => ({
        ...{
          id: `consent ${String(n).padStart(4, '0')}`,
          azureId: `${n}`,
          list: 'consents' as const,
          place: '/',
        },
        ...{ kind: 'consent' as const, principalId: 'app', principalName: 'grafana', targetId: 'api' },
        ...{ targetName: 'Microsoft Graph', what: 'Mail.Read', details: {}, ...seen, ...facts },
      })),
    );

async function exported(filter: OutsideFilter = {}, after: string | null = null) {
  const parts: Uint8Array[] = [];
  const { signal } = new AbortController();
  const line = lineFormats.jsonl.line(outsideColumns);
  for await (const part of outsideLines(viewer('Stint.Auditor'), { filter, after }, line, signal))
    parts.push(part);
  const lines = Buffer.concat(parts).toString('utf8').trim().split('\n');
  return lines.filter(Boolean).map((one) => JSON.parse(one) as Record<string, unknown>);
}

test('every row that is there comes once, with what the page says, and goes on after any of them', async () => {
  await holds(450);
  await db().update(outsideRoles).set({ goneAt: new Date() }).where(sql`id = 'consent 0007'`);
  const all = await exported();
  expect(all).toHaveLength(449);
  expect(all[0]).toMatchObject({
    ...{ kind: 'consent', principal: 'grafana', over: 'Microsoft Graph', what: 'Mail.Read' },
    ...{ cursor: 'consent 0000', first_seen_at: '2026-01-01T00:00:00.000Z' },
  });
  const cursors = all.map(({ cursor }) => cursor);
  expect((await exported({}, 'consent 0200')).map(({ cursor }) => cursor)).toEqual(cursors.slice(200));
});

test('the filter of the page is the filter of the copy', async () => {
  await holds(2);
  expect(await exported({ over: 'graph' })).toHaveLength(2);
  expect(await exported({ kind: 'credential' })).toEqual([]);
});

test('nobody but auditors and administrators takes one', () => {
  for (const stranger of [viewer(), viewer('Stint.Reviewer')])
    expect(() =>
      outsideLines(
        stranger,
        { filter: {}, after: null },
        lineFormats.csv.line(outsideColumns),
        new AbortController().signal,
      ),
    ).toThrow(expect.objectContaining({ code: 'not_allowed' }));
});
