interface Known<Row> {
  count: number;
  last: Row | undefined;
  rows: Map<string, Row>;
}

const known = new WeakMap<object, Known<unknown>>();

/**
 * The row with this id, without a search through all of them. Lists grow at the end or are replaced; a list that was cut is
 * read anew.
 */
export function findById<Row extends { id: string }>(list: Row[], id: string | null): Row | undefined {
  if (id === null) return undefined;
  let index = known.get(list) as Known<Row> | undefined;
  const isOld = index === undefined || index.count > list.length || list[index.count - 1] !== index.last;
  if (isOld || index === undefined) {
    index = { count: 0, last: undefined, rows: new Map() };
    known.set(list, index);
  }
  for (; index.count < list.length; index.count += 1) {
    const row = list[index.count];
    if (row !== undefined && !index.rows.has(row.id)) index.rows.set(row.id, row);
    index.last = row;
  }
  return index.rows.get(id);
}
