import { sql } from 'drizzle-orm';
import type { PgInsertValue, PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from './client.ts';
import { jsonRows } from './json-rows.ts';
import { slices } from './slices.ts';

/** Inserts rows of the same columns, however many; answers the ids of those that broke no unique index and so are there. */
export async function insertNew<Table extends PgTable>(
  tx: Tx,
  table: Table,
  fresh: readonly PgInsertValue<Table>[],
): Promise<Set<string>> {
  // Whatever they are, their columns are found by name.
  const rows = fresh as readonly Record<string, unknown>[];
  const [first] = rows;
  if (!first) return new Set();
  const { names, values, recordset } = jsonRows(table, first);
  const written = new Set<string>();
  for (const slice of slices(rows)) {
    const result = await tx.execute(sql`
      insert into ${table} (${names}) select ${values} from ${recordset(slice)} on conflict do nothing returning id`);
    for (const { id } of (result as unknown as { rows: { id: string }[] }).rows) written.add(id);
  }
  return written;
}
