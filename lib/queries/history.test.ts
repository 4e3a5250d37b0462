import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { requests } from '#db/schema/requests.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { Actor, AppRole } from '#lib/domain/actor.ts';
import { history } from './history.ts';
import { parseHistoryFilter } from './history-filter.ts';
import { myRequests } from './my-requests.ts';
import type { HistoryRow, Page } from './rows.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened?.close());
beforeEach(() => db().delete(requests));

const viewer = (objectId: string, ...roles: AppRole[]): Actor => ({
  tenantId: testTenant,
  objectId,
  name: objectId,
  upn: `${objectId}@contoso.example`,
  roles,
});
const auditor = viewer('auden', 'Stint.Auditor');
const first = Date.parse('2026-03-01T00:00:00Z');

async function file(
  facts: Partial<typeof requests.$inferInsert> & { minute?: number } = {},
): Promise<string> {
  const { minute = 0, ...rest } = facts;
  const id = randomUUID();
  await db()
    .insert(requests)
    .values({
      id,
      submissionId: id,
      origin: 'stint',
      requesterId: 'ada',
      requesterName: 'Ada Lind',
      plane: 'azure',
      roleId: 'role',
      scopeId: '/subscriptions/one',
      roleName: 'Contributor',
      scopeName: 'Staging',
      scopeKind: 'subscription',
      eligibilityId: '',
      justification: 'because',
      ticketNumber: '',
      minutes: 60,
      status: 'ended',
      filedAt: new Date(first + minute * 60_000),
      ...rest,
    });
  return id;
}
const idsOf = (page: Page<HistoryRow>) => page.rows.map((row) => row.id);

describe('history shows', () => {
  test('one’s own to a person, everything to auditors and administrators, reviewers no more than their own', async () => {
    const ours = await file();
    const others = await file({ requesterId: 'bo', requesterName: 'Bo', minute: 1 });
    expect(idsOf(await history(viewer('ada'), {}, null))).toEqual([ours]);
    expect(idsOf(await history(viewer('bo', 'Stint.Reviewer'), {}, null))).toEqual([others]);
    expect(idsOf(await history(viewer('lou'), {}, null))).toEqual([]);
    for (const all of [auditor, viewer('mira', 'Stint.Administrator')])
      expect(idsOf(await history(all, {}, null))).toEqual([others, ours]);
  });

  test('no more to a person who filters by somebody else', async () => {
    await file();
    expect(idsOf(await history(viewer('bo'), { person: 'ada' }, null))).toEqual([]);
  });
});

describe('pages', () => {
  /** Walks from the first page to the last, while somebody files above. */
  async function forward(size: number, meanwhile: () => Promise<unknown> = async () => {}) {
    const pages: Page<HistoryRow>[] = [await history(auditor, {}, null, size)];
    for (let next = pages[0]?.next; next; next = pages.at(-1)?.next) {
      await meanwhile();
      pages.push(await history(auditor, {}, next, size));
    }
    return pages;
  }

  test.each([1, 2, 3, 7, 20])(
    'of %i, forward and back, lose and repeat nothing while rows are added',
    async (size) => {
      const filed: string[] = [];
      // Some in the same millisecond: the id decides.
      for (let n = 0; n < 20; n++) filed.push(await file({ minute: Math.floor(n / 3) }));
      let added = 100;
      const pages = await forward(size, () => file({ minute: added++ }));
      const seen = pages.flatMap(idsOf);
      expect(seen.toSorted()).toEqual(filed.toSorted());
      const back: string[][] = [];
      for (let cursor = pages.at(-1)?.previous; cursor; ) {
        const page = await history(auditor, {}, cursor, size);
        back.unshift(idsOf(page));
        cursor = page.previous;
        expect(page.next).not.toBeNull();
      }
      const known = back.flat().filter((id) => filed.includes(id));
      expect([
        ...known,
        ...idsOf(pages.at(-1) ?? { rows: [], next: null, previous: null, searchedTo: null }),
      ]).toEqual(seen);
      expect(new Set(back.flat()).size).toBe(back.flat().length);
    },
  );

  test('end where the rows end: an exactly full page has no next', async () => {
    for (let minute = 0; minute < 4; minute++) await file({ minute });
    const page = await history(auditor, {}, null, 4);
    expect([page.next, page.previous]).toEqual([null, null]);
  });

  test('begin again at the first for a mangled link', async () => {
    const id = await file();
    const write = (text: string) => Buffer.from(text, 'latin1').toString('base64url');
    for (const text of [
      'x',
      'after|2026-03-01T00:00:00.000Z|------------------------------------',
      'after|2026-02-30T00:00:00.000Z|00000000-0000-4000-8000-000000000000',
      'after|0000-01-01T00:00:00.000Z|00000000-0000-4000-8000-000000000000',
      "after|2026-03-01T00:00:00.000Z|' or 1=1",
      'sideways|2026-03-01T00:00:00.000Z|00000000-0000-4000-8000-000000000000',
    ]) {
      expect(idsOf(await history(auditor, {}, write(text)))).toEqual([id]);
    }
    expect(idsOf(await history(auditor, {}, '%%%'))).toEqual([id]);
  });

  test('of one’s own requests hold nobody else’s', async () => {
    const ours = await file();
    await file({ requesterId: 'bo', minute: 1 });
    expect((await myRequests(viewer('ada'), null)).rows.map((row) => row.id)).toEqual([ours]);
  });
});

describe('a filter', () => {
  const filtered = async (query: string) =>
    (
      await history(auditor, parseHistoryFilter(Object.fromEntries(new URLSearchParams(query))), null)
    ).rows.map((row) => row.requesterName);
  beforeEach(async () => {
    await file({ requesterName: 'Ada Lind' });
    await file({
      requesterName: '100% Bo_',
      requesterId: 'bo',
      plane: 'entra',
      roleName: 'Reader',
      minute: 1440,
    });
    await file({
      requesterName: 'Cy\\',
      requesterId: 'cy',
      status: 'denied',
      scopeName: 'Payments',
      minute: 2880,
    });
  });

  test.each([
    ['', ['Cy\\', '100% Bo_', 'Ada Lind']],
    ['person=ada', ['Ada Lind']],
    ['person=LIND', ['Ada Lind']],
    ['person=%25', ['100% Bo_']],
    ['person=_', ['100% Bo_']],
    ['person=%5C', ['Cy\\']],
    ['role=reader', ['100% Bo_']],
    ['role=paym', ['Cy\\']],
    ['plane=entra', ['100% Bo_']],
    ['status=denied', ['Cy\\']],
    ['from=2026-03-02', ['Cy\\', '100% Bo_']],
    ['to=2026-03-02', ['100% Bo_', 'Ada Lind']],
    ['from=2026-03-02&to=2026-03-02', ['100% Bo_']],
    ['person=a&plane=azure&status=ended', ['Ada Lind']],
  ])('%j shows what it names', async (query, names) => {
    expect(await filtered(query)).toEqual(names);
  });

  test.each([
    'plane=moon',
    'status=x',
    'from=yesterday',
    'to=9999-99-99',
    'from=0000-01-01',
    'to=9999-12-31',
    'person=%00',
    'person=',
  ])('%j that cannot be read shows everything, never an error', async (query) => {
    expect(await filtered(query)).toHaveLength(3);
  });

  test('a very long text is cut, not refused', async () => {
    expect(await filtered(`person=${'𝄞'.repeat(5000)}`)).toEqual([]);
  });
});

describe('a reading that stops', () => {
  const rare = { person: 'Rare', status: 'ended' as const };
  const many = 9_000;
  beforeEach(async () => {
    await file({ requesterName: 'Rare Bird', requesterId: 'rare', minute: -1 });
    await db().execute(sql`
      insert into requests (id, submission_id, origin, requester_id, requester_name, plane, role_id, scope_id, role_name,
        scope_name, scope_kind, eligibility_id, justification, ticket_number, minutes, status, filed_at)
      select gen_random_uuid(), gen_random_uuid(), 'stint', 'rare', 'Rare Bird', 'entra', 'x', '/', 'Reader', 'Directory',
        'directory', '', '', '', 60, 'failed', ${new Date(first).toISOString()}::timestamptz + n * interval '1 minute'
      from generate_series(0, ${many} - 1) n`);
  });

  test('says how far it came, goes on from there, and loses nothing that is rare and old', async () => {
    const found: string[] = [];
    let pages = 0;
    for (let cursor: string | null | undefined; cursor !== null; pages++) {
      const page: Page<HistoryRow> = await history(auditor, rare, cursor ?? null, 5);
      found.push(...page.rows.map((row) => row.requesterName));
      expect(page.searchedTo === null).toBe(page.next === null);
      if (page.searchedTo) expect(page.searchedTo.getTime()).toBeGreaterThanOrEqual(first);
      cursor = page.next;
    }
    expect(found).toEqual(['Rare Bird']);
    expect(pages).toBeGreaterThan(1);
  });
});

test('a person is found by any part of a name of theirs, each request under the name it was filed with', async () => {
  await file({ requesterName: 'Ada Lind' });
  await file({ requesterName: 'Ada Berg', minute: 1 });
  const named = async (person: string) =>
    (await history(auditor, { person }, null)).rows.map((row) => row.requesterName);
  expect(await named('lin')).toEqual(['Ada Lind']);
  expect(await named('a B')).toEqual(['Ada Berg']);
  expect(await named('da')).toEqual(['Ada Berg', 'Ada Lind']);
  expect(await named('ada')).toEqual(['Ada Berg', 'Ada Lind']);
  expect(await named('a lind b')).toEqual([]);
});
