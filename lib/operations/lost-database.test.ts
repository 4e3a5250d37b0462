/** The connection breaks in commit, or there is none to be had: nobody is lied to, and the same sent again counts once. */
import { randomUUID } from 'node:crypto';
import { count, sql } from 'drizzle-orm';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, transaction } from '#db/client.ts';
import { played, rounds } from '#db/rounds.ts';
import { actTokens } from '#db/schema/people.ts';
import { requests } from '#db/schema/requests.ts';
import { type CuttingProxy, cuttingProxy } from '#db/testing/cutting-proxy.ts';
import { record } from '#lib/audit/record.ts';
import { people, roles } from '#lib/azure/fake/tenant.ts';
import { fakeToken } from '#lib/azure/fake/token.ts';
import { type FakeAzure, fakeAzure } from '#lib/azure/fake.ts';
import { health } from '#lib/queries/health.ts';
import { beat } from './beat.ts';
import { type Bench, openBench } from './testing.ts';

const server = process.env.STINT_TEST_DATABASE_URL;
const { ada } = people;
const entry = {
  action: 'session.started',
  doer: { kind: 'stint' as const, job: 'test' },
  subject: { kind: 'session' as const, id: 'one' },
  details: {},
  traceId: 'trace',
};
const asked = [roles.staging, roles.onCall];

describe.skipIf(!server)('on PostgreSQL', () => {
  let proxy: CuttingProxy;
  let bench: Bench<FakeAzure>;
  let pool: Pool;

  beforeAll(async () => {
    proxy = await cuttingProxy(server ?? '');
    // Nobody waits as long as in production, so that the test need not either.
    vi.stubEnv('STINT_TEST_DATABASE_URL', `${proxy.url}?lock_timeout=200`);
    bench = await openBench((now) => fakeAzure({ now }), fakeToken);
    if (bench.opened.kind !== 'postgres') throw new Error('This is about PostgreSQL.');
    pool = bench.opened.raw;
    expect(pool.options.connectionTimeoutMillis).toBeGreaterThan(1_000);
    pool.options.connectionTimeoutMillis = 200;
  });
  afterAll(async () => {
    await bench?.close();
    await proxy?.close();
  });

  async function fresh(): Promise<void> {
    await bench.reset();
    await bench.reads(ada);
  }

  const send = (submissionId: string) => bench.submits(ada, asked, { submissionId });

  /** Requests, their tokens, their jobs, and what is on record: each counted on its own. */
  async function kept(): Promise<number[]> {
    const jobs = await db().execute(
      sql`select count(*)::int as n from pgboss.job where name = 'provision' and state = 'created'`,
    );
    const [filed] = await db().select({ n: count() }).from(requests);
    const [tokens] = await db().select({ n: count() }).from(actTokens);
    const { n } = (jobs as unknown as { rows: [{ n: number }] }).rows[0];
    return [filed?.n ?? -1, tokens?.n ?? -1, n, await bench.entries()];
  }

  /** Sent again, it is there once; and once more changes nothing. Azure then holds each role, once. */
  async function countsOnce(submissionId: string, entriesBefore: number): Promise<void> {
    const first = await send(submissionId);
    const second = await send(submissionId);
    expect(first.answers.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(second).toEqual(first);
    expect(await kept()).toEqual([2, 2, 2, entriesBefore + 2]);
    await bench.deliver();
    await bench.looks();
    const held = await bench.azure.person.azure.active(fakeToken(ada.id), ada.id);
    const member = await bench.azure.person.group.active(fakeToken(ada.id), ada.id);
    expect([...held, ...member].filter(({ kind }) => kind === 'activated')).toHaveLength(2);
  }

  test.for(['before', 'after'] as const)(
    'cut in commit, %s the server heard it: the caller is told that nobody knows',
    {
      timeout: 300_000,
    },
    async (when, context) => {
      const times = rounds({ quick: 1, full: 20 });
      for (let round = 0; round < times; round++) {
        await fresh();
        const [, , , entries = 0] = await kept();
        const submissionId = randomUUID();
        proxy.cutAt('commit', when);
        await expect(send(submissionId)).rejects.toMatchObject({ code: 'unknown_outcome' });
        const there = when === 'after' ? 2 : 0;
        await vi.waitFor(async () => expect(await kept()).toEqual([there, there, there, entries + there]));
        await countsOnce(submissionId, entries);
      }
      played(context, 'K6', `connection lost in commit, ${when} the server heard it`, times);
    },
  );

  test('cut as a transaction begins: refused, and its connection is not missed by those that follow', {
    timeout: 300_000,
  }, async (context) => {
    const times = rounds({ quick: 1, full: 20 });
    for (let round = 0; round < times; round++) {
      await fresh();
      const [, , , entries = 0] = await kept();
      proxy.cutAt('begin', 'before');
      await expect(send(randomUUID())).rejects.toMatchObject({ code: 'unavailable' });
      expect(pool.totalCount - pool.idleCount).toBe(0);
      await countsOnce(randomUUID(), entries);
    }
    played(context, 'K6', 'connection lost as a transaction begins', times);
  });

  test('every connection taken: refused in time, nothing saved, and served when there is one again', {
    timeout: 300_000,
  }, async (context) => {
    const times = rounds({ quick: 1, full: 20 });
    for (let round = 0; round < times; round++) {
      await fresh();
      const before = await kept();
      const submissionId = randomUUID();
      // Who takes them all is in no hurry.
      const { max = 0, connectionTimeoutMillis } = pool.options;
      pool.options.connectionTimeoutMillis = 30_000;
      const taken = await Promise.all(Array.from({ length: max }, () => pool.connect()));
      pool.options.connectionTimeoutMillis = connectionTimeoutMillis;
      const tries = await Promise.allSettled(Array.from({ length: 5 }, () => send(submissionId)));
      expect(tries.map((one) => one.status === 'rejected' && one.reason.code)).toEqual(
        tries.map(() => 'unavailable'),
      );
      expect(await health()).toMatchObject({ status: 'failing', database: 'failing' });
      for (const client of taken) client.release();
      expect(await kept()).toEqual(before);
      await beat('jobs');
      expect(await health()).toMatchObject({ status: 'ok', database: 'ok' });
      await countsOnce(submissionId, before[3] ?? 0);
    }
    played(context, 'K6', 'pool exhausted', times);
  });

  test('a transaction that holds what is wanted for long: refused in time, nothing saved', {
    timeout: 300_000,
  }, async (context) => {
    const times = rounds({ quick: 1, full: 20 });
    for (let round = 0; round < times; round++) {
      await fresh();
      const before = await kept();
      const submissionId = randomUUID();
      const holder = await pool.connect();
      await holder.query('begin; lock table requests in exclusive mode');
      await expect(send(submissionId)).rejects.toMatchObject({ code: 'unavailable' });
      await holder.query('rollback');
      holder.release();
      expect(await kept()).toEqual(before);
      await countsOnce(submissionId, before[3] ?? 0);
    }
    played(context, 'K6', 'held up by a long transaction', times);
  });

  test('a connection that breaks between two queries of a transaction ends that transaction, and nothing else', async () => {
    await fresh();
    const before = await kept();
    const broken = transaction(async (tx) => {
      await record(tx, entry);
      const answer = await tx.execute(sql`select pg_backend_pid() as pid`);
      const [{ pid }] = (answer as unknown as { rows: [{ pid: number }] }).rows;
      await pool.query('select pg_terminate_backend($1, 5000)', [pid]);
      await record(tx, entry);
    });
    await expect(broken).rejects.toMatchObject({ code: 'unavailable' });
    expect(await kept()).toEqual(before);
    await countsOnce(randomUUID(), before[3] ?? 0);
  });
});
