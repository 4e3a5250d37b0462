import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyOut } from './copy-out.ts';

const server = process.env.STINT_TEST_DATABASE_URL;

describe.skipIf(!server)('a copy out of PostgreSQL', () => {
  let pool: Pool;
  beforeAll(() => {
    pool = new Pool({ connectionString: server, max: 2 });
    pool.on('error', () => {});
  });
  afterAll(() => pool.end());

  const endless = sql`select repeat('x', 1000) from generate_series(1, 10000) a, generate_series(1, 10000) b`;
  /** Copies that the server still makes for this pool. */
  const running = async () => {
    const asked = `select pid from pg_stat_activity where query like 'copy%' and state = 'active' and datname = current_database()`;
    return (await pool.query<{ pid: number }>(asked)).rows.map(({ pid }) => pid);
  };
  const untilNoneRuns = async () => {
    while ((await running()).length > 0) await pause(10);
  };

  test('gives every value as it is, none for nothing, and the connection back', async () => {
    const values = [`a'b`, 'c\\d\r\n', '', 'é𝄞', 'x'.repeat(100_000), null, "$1 '; drop"];
    const list = sql.join(
      values.map((value) => sql`${value}::text`),
      sql`, `,
    );
    const parts: Uint8Array[] = [];
    for await (const part of copyOut(
      pool,
      sql`select unnest(array[${list}])`,
      new AbortController().signal,
    )) {
      parts.push(Buffer.from(part));
    }
    expect(Buffer.concat(parts).toString()).toBe(values.join(''));
    expect([pool.totalCount, pool.idleCount]).toEqual([1, 1]);
  });

  test('is read no faster than it is taken', async () => {
    const leave = new AbortController();
    const copy = copyOut(pool, endless, leave.signal);
    await copy.next();
    const before = process.memoryUsage().arrayBuffers;
    await untilWaitsForReader();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32_000_000);
    leave.abort();
    await copy.return(undefined);
    await untilNoneRuns();
  });

  /** The server has filled every buffer on the way. */
  const untilWaitsForReader = async () => {
    const asked = `select 1 from pg_stat_activity where query like 'copy%' and wait_event = 'ClientWrite' and datname = current_database()`;
    while ((await pool.query(asked)).rowCount === 0) await pause(10);
  };

  test.each(['while it waits for the next part', 'between two parts'])(
    'frees its connection at once when its reader leaves %s',
    async (when) => {
      const leave = new AbortController();
      const slow = sql`select x from (select pg_sleep(0), 'x' as x union all select pg_sleep(600), 'y') as slow`;
      const copy = copyOut(pool, when.startsWith('while') ? slow : endless, leave.signal);
      const next = copy.next();
      if (when.startsWith('while')) while ((await running()).length === 0) await pause(10);
      else await next;
      expect(pool.totalCount - pool.idleCount).toBe(1);
      leave.abort();
      expect(pool.totalCount - pool.idleCount).toBe(0);
      await next.catch(() => {});
      await copy.return(undefined);
      if (!when.startsWith('while')) await untilNoneRuns();
    },
  );

  test('fails, and does not end as if it were whole, when the connection is lost', async () => {
    const copy = copyOut(pool, endless, new AbortController().signal);
    await copy.next();
    const [pid] = await running();
    await pool.query('select pg_terminate_backend($1)', [pid]);
    await expect(
      (async () => {
        for await (const _ of copy);
      })(),
    ).rejects.toThrow();
    expect(pool.totalCount - pool.idleCount).toBe(0);
  });

  test('fails with what the server says of a statement that goes wrong half-way', async () => {
    const copy = copyOut(
      pool,
      sql`select (1 / (50000 - n))::text from generate_series(1, 60000) n`,
      new AbortController().signal,
    );
    await expect(
      (async () => {
        for await (const _ of copy);
      })(),
    ).rejects.toThrow('division by zero');
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
