import { roleAtScopeName } from '#components/roles/role-words.ts';
import { planeNames } from '#lib/domain/plane.ts';
import type { EligibleRow } from '#lib/queries/rows.ts';

/** Does the row contain every word typed, anywhere in role, scope, plane, group or danger? */
export function finds(typed: string, row: EligibleRow): boolean {
  const text = [
    roleAtScopeName(row),
    row.scopeName,
    planeNames[row.plane],
    row.throughGroupName ?? '',
    ...row.dangers.map(({ what }) => what),
  ]
    .join(' ')
    .toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
