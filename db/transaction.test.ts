/** Transactions that collide are run again; those that cannot be had are refused in words, never half done. */
import { count, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, type Opened, type Tx, transaction } from './client.ts';
import { heartbeats } from './schema/clock.ts';
import { testDatabase } from './testing.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await testDatabase();
  for (const name of ['one', 'other']) await transaction((tx) => touch(tx, name));
});
afterAll(() => opened.close());

const touch = (tx: Tx, name: string) =>
  tx
    .insert(heartbeats)
    .values({ name, beatAt: sql`now()` })
    .onConflictDoUpdate({ target: heartbeats.name, set: { beatAt: sql`now()` } });

/** The database itself says so, as one that is serializable or spread over several machines often does. */
const collide = (tx: Tx, code: string) =>
  tx.execute(sql.raw(`do $$ begin raise exception 'collided' using errcode = '${code}'; end $$`));

test.for(['40001', '40P01'])(
  'what the database undoes for a collision (%s) is run again, and written once',
  async (code) => {
    let tries = 0;
    const value = await transaction(async (tx) => {
      tries++;
      await touch(tx, `of ${code}, try ${tries}`);
      if (tries < 3) await collide(tx, code);
      return tries;
    });
    expect(value).toBe(3);
    const kept = await db().select({ name: heartbeats.name }).from(heartbeats);
    expect(kept.map(({ name }) => name).filter((name) => name.startsWith(`of ${code}`))).toEqual([
      `of ${code}, try 3`,
    ]);
  },
);

test('what collides for ever is refused, and nothing of it is kept', async () => {
  let tries = 0;
  const hopeless = transaction(async (tx) => {
    tries++;
    await touch(tx, 'never');
    await collide(tx, '40001');
  });
  await expect(hopeless).rejects.toMatchObject({ code: 'unavailable', cause: expect.any(Error) });
  expect(tries).toBe(5);
  const [never] = await db().select({ n: count() }).from(heartbeats).where(eq(heartbeats.name, 'never'));
  expect(never?.n).toBe(0);
});

test('a fault of our own is not run again, and stays what it is', async () => {
  let tries = 0;
  const broken = transaction(async (tx) => {
    tries++;
    await tx.execute(sql`select 1 / 0`);
  });
  await expect(broken).rejects.toThrow('select 1 / 0');
  expect(tries).toBe(1);
});

test('two that lock the same rows the other way round both come through', async () => {
  if (opened.kind !== 'postgres') return;
  let first = 0;
  let met = () => {};
  const both = new Promise<void>((resolve) => {
    met = resolve;
  });
  const crossing = (mine: string, theirs: string) =>
    transaction(async (tx) => {
      await touch(tx, mine);
      if (++first === 2) met();
      await both;
      await touch(tx, theirs);
      return mine;
    });
  await expect(Promise.all([crossing('one', 'other'), crossing('other', 'one')])).resolves.toEqual([
    'one',
    'other',
  ]);
  expect(first).toBe(3);
});
