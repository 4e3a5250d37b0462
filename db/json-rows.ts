import { getTableColumns, is, SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';

type Row = Readonly<Record<string, unknown>>;

/**
 * How rows of a table travel as one JSON text, where thousands of parameters would cost more than the rows: `names` and
 * `values` of `insert into … (names) select values from …`, the columns by their names in code, and `recordset`, which
 * makes some of the rows the table `row`. All rows have the same columns; what is SQL in the first is SQL for all.
 */
export function jsonRows(table: PgTable, first: Row) {
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const carried = columns.filter(([name]) => !is(first[name], SQL));
  const plain = (row: Row) =>
    Object.fromEntries(carried.map(([name, column]) => [column.name, row[name] ?? null]));
  return {
    columns,
    names: list(columns.map(([, column]) => sql.identifier(column.name))),
    values: list(columns.map(([name, column]) => sqlOf(first[name], column))),
    recordset: (rows: readonly Row[]) =>
      sql`json_populate_recordset(null::${table}, ${JSON.stringify(rows.map(plain))}::json) row`,
  };
}

export const list = (parts: SQL[] | ReturnType<typeof sql.identifier>[]) => sql.join([...parts], sql`, `);

function sqlOf(value: unknown, column: PgColumn): SQL {
  return is(value, SQL) ? value : sql`row.${sql.identifier(column.name)}`;
}
