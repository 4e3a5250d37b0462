import { type SQL, sql } from 'drizzle-orm';
import { type InventoryList, narrowLists } from '#lib/domain/inventory.ts';

const isNarrow = sql`row.list in (${sql.join(
  narrowLists.map((list) => sql`${list}`),
  sql`, `,
)})`;

/** Where a `row` of a table is read when its list is not read as a whole: by whose it is, else where it always is. */
export function narrowed(table: 'principals' | 'responsibles' | 'assignments' | 'outside_roles'): SQL {
  if (table === 'principals') return sql`lower(row.id)`;
  if (table === 'responsibles') return sql`lower(row.principal_id)`;
  return sql`case when ${isNarrow} then lower(row.principal_id) else row.place end`;
}

/** The place under which rows of a part are kept: one row read by itself is still of the whole list. */
export function placeKept(list: InventoryList, place: string): string {
  return narrowLists.includes(list) ? '/' : place;
}
