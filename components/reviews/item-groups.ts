import type { ItemFilter, ItemRow } from '#lib/queries/review-rows.ts';

export interface ItemGroup {
  key: string;
  /** Who holds them, or which role they are. */
  name: string;
  rows: ItemRow[];
}

/** Neighbours that belong together, in the order they come. */
export function itemGroups(rows: readonly ItemRow[], order: ItemFilter['order']): ItemGroup[] {
  const groups: ItemGroup[] = [];
  for (const row of rows) {
    const key = order === 'person' ? row.principalId : row.roleName;
    const last = groups.at(-1);
    if (last?.key === key) last.rows.push(row);
    else groups.push({ key, name: order === 'person' ? row.principalName : row.roleName, rows: [row] });
  }
  return groups;
}
