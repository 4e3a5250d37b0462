/** For tests: tables without rows, many times over. */
import { sql } from 'drizzle-orm';
import { db } from './client.ts';

/** By what was asked for: all the tables it means, and how often it was asked. */
const known = new Map<string, { all: string[]; times: number }>();
/** What is deleted stays in the files until they are made anew: the embedded database never vacuums by itself. */
const truncateEvery = 100;

/**
 * Empties these tables, named with spaces between, and whatever refers to them. Deleting a few rows takes a tenth of
 * truncating, which makes new files for each table and each of its indexes.
 */
export async function empty(tables: string): Promise<void> {
  const asked = known.get(tables) ?? { all: await withReferring(tables.split(/\s+/)), times: 0 };
  known.set(tables, asked);
  asked.times += 1;
  const { all, times } = asked;
  const deletes = () => `with ${all.map((table) => `${table}_ as (delete from ${table})`).join()} select`;
  await db().execute(sql.raw(times % truncateEvery === 0 ? `truncate ${all.join()}` : deletes()));
}

async function withReferring(tables: string[]): Promise<string[]> {
  const result = await db().execute(sql`
    with recursive referring (name) as (
      select value::regclass::oid from jsonb_array_elements_text(${JSON.stringify(tables)}::jsonb)
      union select conrelid from pg_constraint join referring on confrelid = name where contype = 'f')
    select name::regclass::text as name from referring order by 1`);
  return (result as unknown as { rows: { name: string }[] }).rows.map(({ name }) => name);
}
