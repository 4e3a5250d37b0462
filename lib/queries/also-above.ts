import { type RoleAtScope, roleKey } from '#lib/domain/assignment.ts';
import { scopeChain } from '#lib/domain/scope-chain.ts';
import type { ScopeSeen } from '#lib/domain/scope-reach.ts';
import type { AccessRow } from './access-rows.ts';

/**
 * Says of each Azure role at which place above it is held as well: in the same way, without a condition, without another
 * activation before it, and for at least as long. The nearest such place, by name.
 */
export function alsoAbove(rows: readonly AccessRow[], tree: readonly ScopeSeen[]): AccessRow[] {
  const parents = new Map(tree.map(({ id, parentId }) => [id, new Set([parentId])]));
  const free = rows.filter(
    ({ plane, isConditional, path }) =>
      plane === 'azure' && !isConditional && path.every(({ how }) => how === 'member'),
  );
  const byPlace = Map.groupBy(free, (row) => `${row.kind} ${roleKey(row)}`);
  return rows.map((row) => {
    if (row.plane !== 'azure') return row;
    const at = (scopeId: string): RoleAtScope => ({ plane: 'azure', roleId: row.roleId, scopeId });
    const { chain } = scopeChain(row, parents, '');
    const places = new Set([...chain, '/']);
    places.delete(row.scopeId.toLowerCase());
    const above = [...places].flatMap((place) => byPlace.get(`${row.kind} ${roleKey(at(place))}`) ?? []);
    const wider = above.find((one) => isAsLong(one, row));
    return { ...row, alsoAt: wider ? wider.scopeName : null };
  });
}

function isAsLong({ endsAt }: AccessRow, row: AccessRow): boolean {
  return endsAt === null || (row.endsAt !== null && endsAt >= row.endsAt);
}
