import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { db, type Opened } from '#db/client.ts';
import { auditEntries, refusals } from '#db/schema/audit.ts';
import { testDatabase } from '#db/testing.ts';
import { closeRefusals, type Refused, recordRefusal, WINDOW_MINUTES } from './refusals.ts';

let opened: Opened;
let run = 0;
beforeAll(async () => {
  opened = await testDatabase();
});
afterAll(() => opened.close());
beforeEach(async () => {
  run += 1;
  await db().delete(refusals);
});

const start = new Date('2026-01-01T08:00:00Z');
const minutesIn = (minutes: number) => new Date(start.getTime() + minutes * 60_000);

/** The record keeps everything, so each test has a door of its own. */
function refuse(over: Partial<Refused> = {}) {
  return recordRefusal({
    who: { kind: 'person', id: 'lou', name: 'Lou Grant' },
    door: `door ${run}`,
    code: 'not_found',
    subject: 'the-request',
    now: start,
    traceId: 'trace',
    ...over,
  });
}

async function told(door = `door ${run}`) {
  const rows = await db()
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.subjectId, door))
    .orderBy(auditEntries.seq);
  return rows.map(({ action, actorKind, actorId, actorName, details }) => ({
    action,
    actor: `${actorKind} ${actorId} ${actorName}`,
    ...details,
  }));
}

test('a refusal is on record at once, with who, door, code and what it was about', async () => {
  await refuse();
  expect(await told()).toEqual([
    {
      action: 'access.refused',
      actor: 'person lou Lou Grant',
      door: `door ${run}`,
      code: 'not_found',
      subject: 'the-request',
    },
  ]);
});

test('a stranger is known by the hash of their address only', async () => {
  await refuse({ who: { kind: 'stranger', address: 'hash' } });
  expect(await told()).toMatchObject([{ actor: 'stranger hash a stranger' }]);
});

test('a flood is one entry, and one more with its count when the window closes', async () => {
  for (let times = 0; times < 40; times += 1) await refuse({ now: minutesIn(times / 20) });
  expect(await told()).toHaveLength(1);
  await closeRefusals(minutesIn(WINDOW_MINUTES - 1), 'sweep');
  expect(await told()).toHaveLength(1);
  await closeRefusals(minutesIn(WINDOW_MINUTES), 'sweep');
  expect((await told()).slice(1)).toEqual([
    {
      action: 'access.refused',
      actor: 'person lou Lou Grant',
      door: `door ${run}`,
      code: 'not_found',
      times: 40,
      since: start.toISOString(),
    },
  ]);
  await closeRefusals(minutesIn(60), 'sweep');
  expect(await told()).toHaveLength(2);
});

test('what happened once is told once', async () => {
  await refuse();
  await closeRefusals(minutesIn(WINDOW_MINUTES), 'sweep');
  expect(await told()).toHaveLength(1);
});

test('another person, code or window is another entry', async () => {
  await refuse();
  await refuse({ who: { kind: 'person', id: 'bo', name: 'Bo' } });
  await refuse({ code: 'cross_site' });
  await closeRefusals(minutesIn(WINDOW_MINUTES), 'sweep');
  await refuse({ now: minutesIn(WINDOW_MINUTES) });
  expect(await told()).toHaveLength(4);
});

test('a flood costs one write: the database hears of the rest when the round comes', async () => {
  await refuse();
  const { raw } = opened;
  const query = vi.spyOn(raw, 'query' as never);
  for (let times = 0; times < 40; times += 1) await refuse();
  expect(query).not.toHaveBeenCalled();
});

test('what was counted here is told, even when another process has closed the window', async () => {
  await refuse();
  await refuse();
  await db().delete(refusals);
  await closeRefusals(minutesIn(WINDOW_MINUTES), 'sweep');
  expect(await told()).toMatchObject([{ subject: 'the-request' }, { times: 1 }]);
});

test('many at once are one entry', async () => {
  await Promise.all(Array.from({ length: 10 }, () => refuse()));
  expect(await told()).toHaveLength(1);
  await closeRefusals(start, 'sweep');
  expect(await db().select({ times: refusals.times }).from(refusals)).toEqual([{ times: 10 }]);
});
