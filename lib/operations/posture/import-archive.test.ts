import { asc } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '#db/client.ts';
import { empty } from '#db/empty.ts';
import { startQueue } from '#db/queue.ts';
import { auditEntries } from '#db/schema/audit.ts';
import { useCoverage, useEvents } from '#db/schema/posture.ts';
import { testDatabase, testTenant } from '#db/testing.ts';
import type { AppRole } from '#lib/domain/actor.ts';
import { asPerson } from '#lib/operations/context.ts';
import { longestArchive, longestLine } from './archive-lines.ts';
import { importArchive } from './import-archive.ts';

beforeAll(async () => {
  const opened = await testDatabase();
  const boss = await startQueue(false, () => {});
  return async () => {
    await boss.stop({ graceful: false });
    await opened.close();
  };
});
beforeEach(() => empty('use_events use_coverage'));

const as = (...roles: AppRole[]) =>
  asPerson(
    { tenantId: testTenant, objectId: 'mira', name: 'Mira', upn: 'mira@contoso.example', roles },
    'trace',
  );
const mira = as('Stint.Administrator');
const told = async () =>
  (await db().select().from(auditEntries).orderBy(asc(auditEntries.seq))).map(({ action }) => action);
const events = () => db().$count(useEvents);

const at = (day: number) => new Date(Date.UTC(2026, 0, day));
function row(day: number, said = 'Add member to role completed (PIM activation)') {
  return {
    activityDisplayName: said,
    activityDateTime: at(day).toISOString(),
    targetResources: [
      { id: 'r', type: 'Role' },
      { id: 'ada', type: 'User' },
    ],
  };
}
const stored = (day: number, said?: string) =>
  JSON.stringify({
    time: at(day).toISOString(),
    category: 'AuditLogs',
    tenantId: testTenant,
    properties: row(day, said),
  });
function queried(day: number): string {
  const { activityDisplayName, activityDateTime, targetResources } = row(day);
  return JSON.stringify({
    Type: 'AuditLogs',
    TimeGenerated: activityDateTime,
    OperationName: activityDisplayName,
    TargetResources: JSON.stringify(targetResources),
  });
}
/** As it comes over a network: cut anywhere. */
async function* cut(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

test('both forms are taken, what is no activation is passed over, what is not understood is told', async () => {
  const other = stored(9, 'Update role setting in PIM');
  const lines = [stored(2), queried(3), other, 'no JSON', '', '{"name":"é"}', stored(2)];
  expect(await importArchive(mira, cut(`${lines.join('\r\n')}\n`))).toEqual({
    ...{ lines: 6, taken: 2, known: 1, other: 1, notUnderstood: 2 },
    covered: null,
  });
  expect(await db().select().from(useCoverage)).toEqual([]);
  expect((await told()).slice(-2)).toEqual(['archive.begun', 'archive.imported']);
});

test('it covers its time when all was understood, or as somebody states', async () => {
  const text = `${stored(2)}\n${stored(9, 'Update role setting in PIM')}`;
  expect(await importArchive(mira, cut(text))).toMatchObject({ covered: { fromAt: at(2), untilAt: at(9) } });
  const stated = { fromAt: at(1), untilAt: at(12) };
  expect(await importArchive(mira, cut(`${text}\ngarbage`), stated)).toMatchObject({ covered: stated });
  expect(await db().select().from(useCoverage)).toMatchObject([{ source: 'archive', ...stated }]);
});

test('imported twice it is there once; the next archive goes on where it ended', async () => {
  await importArchive(mira, cut(`${stored(2)}\n${stored(5)}`));
  expect(await importArchive(mira, cut(`${stored(2)}\n${stored(5)}`))).toMatchObject({ taken: 0, known: 2 });
  await importArchive(mira, cut(stored(8)), { fromAt: at(5), untilAt: at(10) });
  expect(await events()).toBe(3);
  expect(await db().select().from(useCoverage)).toMatchObject([{ fromAt: at(2), untilAt: at(10) }]);
});

test('two people importing the same at once take every event once', async () => {
  const text = Array.from({ length: 28 }, (_, day) => stored(day + 1)).join('\n');
  const both = await Promise.all([importArchive(mira, cut(text)), importArchive(mira, cut(text, 64))]);
  expect(both.map(({ taken }) => taken).reduce((one, other) => one + other)).toBe(28);
});

test('broken off in the middle it keeps what it took and covers nothing; imported again it is whole', async () => {
  const lines = Array.from({ length: 1_001 }, (_, n) => {
    const time = new Date(at(1).getTime() + n * 60_000).toISOString();
    return JSON.stringify({ ...row(1), activityDateTime: time });
  });
  async function* broken() {
    yield* cut(`${lines.join('\n')}\n`, 4096);
    throw new Error('the connection broke');
  }
  await expect(importArchive(mira, broken())).rejects.toThrow('broke');
  expect(await events()).toBe(1_000);
  expect(await db().select().from(useCoverage)).toEqual([]);
  expect((await told()).at(-1)).toBe('archive.begun');
  expect(await importArchive(mira, cut(lines.join('\n'), 4096))).toMatchObject({ taken: 1, known: 1_000 });
});

test('a line that is too long is one that is not understood, and no more', async () => {
  const text = `${stored(2)}\n${'x'.repeat(longestLine + 1)}\n${stored(3)}`;
  expect(await importArchive(mira, cut(text, 100_000))).toMatchObject({ taken: 2, notUnderstood: 1 });
});

test('an archive that is too long is refused while it comes in', async () => {
  let given = 0;
  async function* endless() {
    for (;;) {
      given += longestLine;
      yield Buffer.alloc(longestLine, 'x');
    }
  }
  await expect(importArchive(mira, endless())).rejects.toMatchObject({ code: 'malformed' });
  expect(given).toBeLessThanOrEqual(longestArchive + longestLine);
});

test.each([
  { fromAt: at(3), untilAt: at(2) },
  { fromAt: null, untilAt: new Date(Date.now() + 25 * 3_600_000) },
  { fromAt: new Date(Date.now() + 3_600_000), untilAt: null },
])('a stated time that is none is refused: %j', async (stated) => {
  await expect(importArchive(mira, cut(stored(2)), stated)).rejects.toMatchObject({ code: 'malformed' });
  expect(await events()).toBe(0);
});

test('an archive without a line that tells a time covers nothing, whatever is stated', async () => {
  const stated = { fromAt: at(1), untilAt: at(9) };
  expect(await importArchive(mira, cut('garbage\n{}'), stated)).toMatchObject({ covered: null });
  expect(await db().select().from(useCoverage)).toEqual([]);
});

test('only an administrator imports', async () => {
  const before = await told();
  for (const stranger of [as(), as('Stint.Reviewer'), as('Stint.Auditor')]) {
    await expect(importArchive(stranger, cut(stored(2)))).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(await events()).toBe(0);
  expect(await told()).toEqual(before);
});
