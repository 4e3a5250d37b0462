import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Tx } from '#db/client.ts';

interface Options<Table extends PgTable> {
  /** A row that is there is written only where this is true. */
  changed?: SQL;
  /** Columns of a row that is there which stay as they are. */
  kept?: readonly (keyof Table['$inferInsert'] & string)[];
  /** Columns in which nothing, or an empty text, takes nothing away. */
  completed?: readonly (keyof Table['$inferInsert'] & string)[];
}

/** PostgreSQL takes 65,535 parameters in a statement; no table here has more than thirty columns. */
const rowsAtOnce = 1_000;

/** Inserts rows, or makes those of the same key what they are now; when a row was first seen stays. */
export async function upsert<Table extends PgTable>(
  tx: Tx,
  table: Table,
  key: readonly (keyof Table['$inferInsert'] & string)[],
  rows: Record<string, unknown>[],
  { changed, kept: others = [], completed = [] }: Options<Table> = {},
): Promise<void> {
  const columns = getTableColumns(table);
  const kept = new Set<string>([...key, ...others, 'firstSeenAt']);
  const whole = new Set<string>(completed);
  const set = Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => !kept.has(name))
      .map(([name, column]) => [name, newest(column, whole.has(name))]),
  );
  // One statement may touch a row only once; the last sight of it counts.
  const byKey = new Map(rows.map((row) => [key.map((name) => row[name]).join(' '), row]));
  // In one order: lanes that keep the same rows at once would wait for each other for ever.
  const once = [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  for (let at = 0; at < once.length; at += rowsAtOnce) {
    // Drizzle types values by table; here the table is any of seven.
    const values = once.slice(at, at + rowsAtOnce) as Table['$inferInsert'][];
    const target = key.map((name) => columns[name]).filter((column) => column !== undefined);
    await tx
      .insert(table)
      .values(values)
      .onConflictDoUpdate({
        target,
        set: set as PgUpdateSetSource<Table>,
        ...(changed && { setWhere: changed }),
      });
  }
}

function newest(column: PgColumn, isCompleted: boolean): SQL {
  const fresh = sql`excluded.${sql.identifier(column.name)}`;
  return isCompleted ? sql`coalesce(nullif(${fresh}, ''), ${column})` : fresh;
}
