import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { findings } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { type RiskLevel, riskLevels } from '#lib/domain/finding.ts';
import { findingColumns } from '#lib/export/finding-columns.ts';
import { lineFormats } from '#lib/export/line.ts';
import { findingLines } from './finding-lines.ts';
import type { FindingFilter } from './finding-rows.ts';
import { findingStory } from './finding-story.ts';
import { findingList } from './findings.ts';
import { postureOverview } from './posture-overview.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(() => empty('findings'));

const viewer = (...roles: AppRole[]): Actor => ({
  ...{ tenantId: testTenant, objectId: 'x', name: 'X', upn: 'x@contoso.example', roles },
});
const auditor = viewer('Stint.Auditor');
const day = (n: number) => new Date(Date.UTC(2026, 0, n));
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

async function there(n: number, risk: RiskLevel, facts: Partial<typeof findings.$inferInsert> = {}) {
  await db()
    .insert(findings)
    .values({
      ...{
        id: idOf(n),
        kind: 'standing_privilege',
        subject: String(n),
        risk,
        rank: riskLevels.indexOf(risk),
      },
      ...{
        title: `Finding ${n}`,
        evidence: [{ label: 'Role', value: '=Owner' }],
        nextStep: 'Go',
        state: 'open',
      },
      ...{ firstSeenAt: day(1), lastSeenAt: day(2), ...facts },
    });
}
const shown = async (filter: Partial<FindingFilter> = {}) =>
  ((await findingList(auditor, { state: 'open', ...filter }, null))?.rows ?? []).map(({ title }) =>
    Number(title.slice(8)),
  );
const accepted = (until: Date) => ({ state: 'accepted' as const, acceptedUntil: until });

test('findings are open to auditors and administrators, to nobody else', async () => {
  await there(1, 'high');
  for (const stranger of [viewer(), viewer('Stint.Reviewer')]) {
    expect(await findingList(stranger, { state: 'open' }, null)).toBeNull();
    expect(await findingStory(stranger, idOf(1))).toBeNull();
    expect(await postureOverview(stranger)).toBeNull();
    const lines = () =>
      findingLines(stranger, { filter: { state: 'open' }, after: null }, sql`''`, AbortSignal.any([]));
    expect(lines).toThrow(expect.objectContaining({ code: 'not_allowed' }));
  }
  expect(await findingStory(auditor, idOf(1))).toMatchObject({
    title: 'Finding 1',
    mayAnswer: false,
    assignees: [],
  });
  expect(await findingStory(auditor, idOf(2))).toBeNull();
  expect(await findingStory(auditor, 'no-id')).toBeNull();
});

test('the worst come first, of one risk the longest open', async () => {
  await there(1, 'low');
  await there(2, 'high', { firstSeenAt: day(2) });
  await there(3, 'high');
  await there(4, 'medium');
  expect(await shown()).toEqual([3, 2, 4, 1]);
  expect((await postureOverview(auditor))?.open).toEqual({ high: 2, medium: 1, low: 1 });
});

test('an acceptance past its day is open on screen at once, in its place', async () => {
  await there(1, 'high');
  await there(2, 'high', { ...accepted(new Date(Date.now() - 1_000)), firstSeenAt: day(0) });
  await there(3, 'high', accepted(new Date(Date.now() + 60_000)));
  await there(4, 'high', { state: 'gone', goneAt: day(3) });
  expect(await shown()).toEqual([2, 1]);
  expect(await shown({ state: 'accepted' })).toEqual([3]);
  expect(await shown({ state: 'gone' })).toEqual([4]);
  expect((await postureOverview(auditor))?.open.high).toBe(2);
  expect(await findingStory(auditor, idOf(2))).toMatchObject({ state: 'open' });
});

test.each<[Partial<FindingFilter>, number[]]>([
  [{ risk: 'low' }, [2]],
  [{ kind: 'guest_privileged' }, [2]],
  [{ assignee: 'me' }, [1]],
  [{ assignee: 'nobody' }, [2]],
  [{ assignee: 'lind' }, [3]],
  [{ text: 'NG 3' }, [3]],
  [{ text: '%' }, []],
])('a filter %j shows what it names', async (filter, ids) => {
  await there(1, 'high', { assigneeId: 'x', assigneeName: 'X' });
  await there(2, 'low', { kind: 'guest_privileged' });
  await there(3, 'high', { assigneeId: 'ada', assigneeName: 'Ada Lind' });
  expect(await shown(filter)).toEqual(ids);
});

test.each([1, 2, 3, 50])('pages of %i lose and repeat nothing, forward and back', async (size) => {
  for (let n = 1; n <= 9; n++)
    await there(n, riskLevels[n % 3] ?? 'low', n % 2 ? {} : accepted(new Date(Date.now() - 1_000)));
  const filter = { state: 'open' as const };
  const seen: string[] = [];
  let page = await findingList(auditor, filter, null, size);
  while (page) {
    seen.push(...page.rows.map(({ id }) => id));
    page = page.next ? await findingList(auditor, filter, page.next, size) : null;
  }
  expect(new Set(seen).size).toBe(9);
  expect(seen).toHaveLength(9);
  const first = await findingList(auditor, filter, null, size);
  const second = first?.next ? await findingList(auditor, filter, first.next, size) : null;
  if (second?.previous)
    expect((await findingList(auditor, filter, second.previous, size))?.rows).toEqual(first?.rows);
  expect((await findingList(auditor, filter, 'mangled', size))?.rows).toEqual(first?.rows);
});

test('a copy has what the filter shows, formulas made text, and goes on after any of its lines', async () => {
  for (let n = 1; n <= 3; n++) await there(n, 'high', { title: '=1+1' });
  await there(4, 'low');
  const filter = { state: 'open' as const, risk: 'high' as const };
  const copy = async (after: string | null) => {
    const line = lineFormats.csv.line(findingColumns);
    const chunks: Uint8Array[] = [];
    for await (const chunk of findingLines(auditor, { filter, after }, line, new AbortController().signal))
      chunks.push(chunk);
    return Buffer.concat(chunks).toString().split('\r\n').filter(Boolean);
  };
  const all = await copy(null);
  expect(all).toHaveLength(3);
  expect(all[0]).toContain(
    `${idOf(1)},high,standing_privilege,"Standing privilege","'=1+1",open,2026-01-01T00:00:00.000Z`,
  );
  expect(all[0]).toContain('"Role: =Owner"');
  expect(await copy(idOf(1))).toEqual(all.slice(1));
});
