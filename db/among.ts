import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** Whether the column is one of these, however many: a list of parameters ends at 65,535 (PostgreSQL's protocol). */
export function among(column: PgColumn, values: Iterable<string>): SQL {
  const list = JSON.stringify([...new Set(values)]);
  const type = sql.raw(column.getSQLType());
  return sql`${column} in (select one::${type} from jsonb_array_elements_text(${list}::jsonb) one)`;
}
