import { type SQL, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { announce, onChange } from './changes.ts';
import { db, type Opened, transaction } from './client.ts';
import { deadLetter, enqueue, isAct, isJobName, type JobName, startQueue, work } from './queue.ts';
import { testDatabase } from './testing.ts';

let opened: Opened;
let boss: PgBoss;
beforeAll(async () => {
  opened = await testDatabase();
  boss = await startQueue(true, () => {});
});
afterAll(async () => {
  await boss?.stop({ graceful: false });
  await opened?.close();
});

const job = (requestId: string) => ({ requestId, version: 1, traceId: 'trace' });

describe('a job', () => {
  // First of all: on PGlite a queue not yet warm would wait for this very transaction, for ever.
  test('can be taken in the first transaction after the first start', async () => {
    await transaction((tx) => enqueue(tx, 'withdraw', job('first')));
    expect(await boss.fetch('withdraw')).toHaveLength(1);
  });

  test('taken in a transaction that is rolled back never runs; in one that is committed it does, once', async () => {
    const ran: string[] = [];
    await work(boss, 'look', 2, async ({ requestId }) => void ran.push(requestId));
    const undone = transaction(async (tx) => {
      await enqueue(tx, 'look', job('undone'));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await transaction((tx) => enqueue(tx, 'look', job('kept')));
    await vi.waitFor(() => expect(ran).toContain('kept'), { timeout: 10_000 });
    await transaction((tx) => enqueue(tx, 'look', job('after')));
    await vi.waitFor(() => expect(ran).toContain('after'), { timeout: 10_000 });
    expect(ran).toEqual(['kept', 'after']);
  });

  test('after job is run without waiting for a poll between them, however many wait', async () => {
    for (let n = 0; n < 60; n++)
      await transaction((tx) =>
        enqueue(tx, 'deactivate', { requestId: `${n}`, attempt: 1, traceId: 'trace' }),
      );
    const ran: string[] = [];
    await work(boss, 'deactivate', 1, async ({ requestId }) => void ran.push(requestId));
    // By polls alone it would be thirty seconds at the least.
    await vi.waitFor(() => expect(new Set(ran).size).toBe(60), { timeout: 15_000 });
  });

  test('that throws is tried again', async () => {
    let tries = 0;
    await work(boss, 'decide', 1, async () => {
      tries++;
      if (tries === 1) throw new Error('busy');
    });
    await transaction((tx) => enqueue(tx, 'decide', { decisionId: 'one', traceId: 'trace' }));
    await vi.waitFor(() => expect(tries).toBe(2), { timeout: 20_000 });
  });
});

describe('an announcement', () => {
  test('is heard once its transaction is committed, and not before', async () => {
    const heard: string[] = [];
    const stop = await onChange((person) => heard.push(person ?? 'anybody'));
    let before: string[] = ['unset'];
    await transaction(async (tx) => {
      await announce(tx, ['ada', 'bo', 'ada']);
      before = [...heard];
    });
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['ada', 'bo']), { timeout: 10_000 });
    expect(before).toEqual([]);
    stop();
  });

  test('is never heard of what was rolled back', async () => {
    const heard: string[] = [];
    const stop = await onChange((person) => heard.push(person ?? 'anybody'));
    const undone = transaction(async (tx) => {
      await announce(tx, ['undone']);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow();
    await transaction((tx) => announce(tx, ['kept']));
    await vi.waitFor(() => expect(heard).toContain('kept'), { timeout: 10_000 });
    expect(heard).toEqual(['kept']);
    stop();
    await transaction((tx) => announce(tx, ['nobody listens']));
    expect(heard).toEqual(['kept']);
  });
});

describe('what fails for good', () => {
  const tell = (name: JobName, change: SQL) =>
    db().execute(sql`update pgboss.queue set ${change} where name = ${name}`);
  const failed = async (name: 'learn-roles' | 'withdraw') => {
    await tell(name, sql`retry_limit = 0`);
    await transaction((tx) => enqueue(tx, name, { ...job(name), principalId: '' }));
    const [taken] = await boss.fetch(name);
    await boss.fail(name, taken?.id ?? '', { message: 'no' });
    return (await boss.fetch<{ requestId: string }>(deadLetter)).map(({ data }) => data.requestId);
  };

  test('is kept for a person when it was to act in Azure, not when it was to read', async () => {
    expect(await failed('learn-roles')).toEqual([]);
    expect(await failed('withdraw')).toEqual(['withdraw']);
  });

  test('only an act waits in the queue as long as a busy Azure says: readings come again by themselves', () => {
    expect(
      ['provision', 'decide', 'deactivate', 'withdraw'].filter((name) => isJobName(name) && isAct(name)),
    ).toHaveLength(4);
    expect(
      ['look', 'watch', 'learn-roles', 'refresh-access', 'refresh-approvals'].filter(
        (name) => isJobName(name) && isAct(name),
      ),
    ).toEqual([]);
  });

  test('is so in a queue made by an earlier Stint too', async () => {
    await tell('look', sql`dead_letter = ${deadLetter}, retry_limit = 8, expire_seconds = 1`);
    const again = await startQueue(false, () => {});
    expect(await again.getQueue('look')).toMatchObject({
      ...{ deadLetter: null, retryLimit: 0, expireInSeconds: 120, deleteAfterSeconds: 3600 },
    });
    await again.stop({ graceful: false });
  });
});
