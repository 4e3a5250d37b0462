import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from '#db/client.ts';
import { jsonRows, list } from '#db/json-rows.ts';
import { slices } from '#db/slices.ts';

interface Options<Table extends PgTable> {
  /** A row that is there is written only where this is true. */
  changed?: SQL;
  /** Columns of a row that is there which stay as they are. */
  kept?: readonly (keyof Table['$inferInsert'] & string)[];
  /** Columns in which nothing, or an empty text, takes nothing away. */
  completed?: readonly (keyof Table['$inferInsert'] & string)[];
}

/**
 * Inserts rows, or makes those of the same key what they are now; when a row was first seen stays, unless it was gone
 * in between. All rows have the same columns; what is SQL in the first is SQL for all.
 */
export async function upsert<Table extends PgTable>(
  tx: Tx,
  table: Table,
  key: readonly (keyof Table['$inferInsert'] & string)[],
  seen: readonly object[],
  { changed, kept: others = [], completed = [] }: Options<Table> = {},
): Promise<void> {
  // Whatever they are, their columns are found by name.
  const rows = seen as readonly Record<string, unknown>[];
  const [first] = rows;
  if (!first) return;
  const { columns, names, values, recordset } = jsonRows(table, first);
  const kept = new Set<string>([...key, ...others, 'firstSeenAt']);
  const whole = new Set<string>(completed);
  const keyed = new Set<string>(key);
  const sets = columns.filter(([name]) => !kept.has(name));
  const set = list([
    ...sets.map(([name, column]) => sql`${sql.identifier(column.name)} = ${newest(column, whole.has(name))}`),
    ...('goneAt' in first ? [anew(table)] : []),
  ]);
  const target = list(
    columns.filter(([name]) => keyed.has(name)).map(([, column]) => sql.identifier(column.name)),
  );
  // One statement may touch a row only once; the last sight of it counts.
  const byKey = new Map(rows.map((row) => [key.map((name) => row[name]).join(' '), row]));
  // In one order: lanes that keep the same rows at once would wait for each other for ever.
  const once = [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  for (const slice of slices(once))
    await tx.execute(sql`
      insert into ${table} (${names}) select ${values} from ${recordset(slice)}
      on conflict (${target}) do update set ${set} ${changed && sql`where ${changed}`}`);
}

/** What was gone and is back is there since now: a rule that waits for days waits again. */
function anew(table: PgTable): SQL {
  return sql`first_seen_at = case when ${table}.gone_at is null then ${table}.first_seen_at else excluded.first_seen_at end`;
}

function newest(column: PgColumn, isCompleted: boolean): SQL {
  const fresh = sql`excluded.${sql.identifier(column.name)}`;
  return isCompleted ? sql`coalesce(nullif(${fresh}, ''), ${column})` : fresh;
}
