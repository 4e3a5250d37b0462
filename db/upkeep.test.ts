import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened } from './client.ts';
import { testDatabase } from './testing.ts';
import { keepEmbedded } from './upkeep.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
  await db().execute(sql`create table busy (id int primary key, n int, filler text)`);
  await db().execute(sql`insert into busy select n, 0, repeat('x', 500) from generate_series(1, 1000) n`);
});
afterAll(() => opened?.close());

async function one<T>(query: ReturnType<typeof sql>): Promise<T> {
  return ((await db().execute(query)) as unknown as { rows: T[] }).rows[0] as T;
}

const size = async () =>
  Number((await one<{ size: string }>(sql`select pg_total_relation_size('busy') as size`)).size);
/** The database tells its counts of rows at most once a second, but for the asking. */
const counted = () => db().execute(sql`select pg_stat_force_next_flush()`);
const changesAll = async () => {
  await db().execute(sql`update busy set n = n + 1`);
  await counted();
};

/** Until nothing is left to do: of several tables each has its turn, and none a second one. */
async function keeps(): Promise<string[]> {
  const done: string[] = [];
  for (let { table } = await keepEmbedded(); table; { table } = await keepEmbedded()) {
    expect(done).not.toContain(table);
    done.push(table);
    await counted();
  }
  return done;
}

test('the embedded database does not grow by what is changed over and over; a server sees to itself', async () => {
  await changesAll();
  if (opened.kind === 'postgres') {
    expect(await keepEmbedded()).toEqual({ table: null, checkpoint: false });
    return;
  }
  expect(await keeps()).toContain('public.busy');
  const before = await size();
  for (let n = 0; n < 10; n++) {
    await changesAll();
    await keeps();
  }
  // Room for the rows of one change beside the rows themselves, and no more.
  expect(await size()).toBeLessThan(before * 1.5);
  expect(await keeps()).toEqual([]);
});

test('the worst table comes first, one at a time', async () => {
  if (opened.kind === 'postgres') return;
  await db().execute(sql`create table calm as select n from generate_series(1, 1000) n`);
  await db().execute(sql`update calm set n = n where n <= 300`);
  await changesAll();
  expect((await keepEmbedded()).table).toBe('public.busy');
  await counted();
  expect((await keepEmbedded()).table).toBe('public.calm');
});

test('its log is let go by checkpoints: when it is long, not at every turn', async () => {
  if (opened.kind === 'postgres') return;
  await db().execute(sql`checkpoint`);
  expect((await keepEmbedded()).checkpoint).toBe(false);
  for (let n = 0; n < 60; n++) await changesAll();
  expect((await keepEmbedded()).checkpoint).toBe(true);
  expect((await keepEmbedded()).checkpoint).toBe(false);
});
