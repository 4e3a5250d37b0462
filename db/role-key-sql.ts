import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** `roleKey` of a row, as SQL. */
export function keyOf(row: { plane: AnyColumn; roleId: AnyColumn; scopeId: AnyColumn }): SQL<string> {
  return sql<string>`lower(${row.plane} || '|' || ${row.roleId} || '|' || ${row.scopeId})`;
}
