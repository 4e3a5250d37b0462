import type { RoleAtScope } from './assignment.ts';

const managementGroups = '/providers/microsoft.management/managementgroups/';

export function isManagementGroup(scopeId: string): boolean {
  return scopeId.toLowerCase().startsWith(managementGroups);
}

/**
 * A scope and every place above it that its own path names, lower case, from the inside out: a resource, its group, its
 * subscription; an administrative unit and the directory. Management groups are not in a path.
 */
export function pathChain({ plane, scopeId }: Pick<RoleAtScope, 'plane' | 'scopeId'>): string[] {
  const scope = scopeId.toLowerCase();
  if (plane === 'group') return [scope];
  if (plane === 'entra') return scope === '/' ? [scope] : [scope, '/'];
  const above = [/^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+/, /^\/subscriptions\/[^/]+/];
  return [...new Set([scope, ...above.flatMap((path) => path.exec(scope)?.[0] ?? [])])];
}

/** Whether one place is another or lies below it; null: what is above it is not known so far. */
export function isAtOrBelow(chain: readonly string[], isWhole: boolean, place: string): boolean | null {
  if (chain.includes(place.toLowerCase())) return true;
  // Only management groups are where a path does not tell them, and only of what Azure has.
  const isAzure = chain.some((one) => one.startsWith('/subscriptions/') || isManagementGroup(one));
  return isAzure && !isWhole && isManagementGroup(place) ? null : false;
}

/** Which of these places lie below a scope, or may, as far as it is known what is above them; lower case. */
export function placesWithin(
  { plane, scopeId }: Pick<RoleAtScope, 'plane' | 'scopeId'>,
  places: readonly string[],
  tree: GroupTree,
  tenantId: string,
): string[] {
  const scope = scopeId.toLowerCase();
  return places.flatMap((place) => {
    const id = place.toLowerCase();
    if (planeOfPlace(id) !== plane || id === scope) return [];
    // Azure's root is above everything; no path and no tree names it.
    if (plane === 'azure' && scope === '/') return [id];
    const { chain, isWhole } = scopeChain({ plane, scopeId: id }, tree, tenantId);
    return isAtOrBelow(chain, isWhole, scope) === false ? [] : [id];
  });
}

/** A group is named by its id alone; nothing lies below one. */
function planeOfPlace(id: string): RoleAtScope['plane'] {
  if (id.startsWith('/subscriptions/') || isManagementGroup(id)) return 'azure';
  return id.startsWith('/') ? 'entra' : 'group';
}

/** Above each management group and subscription what lies directly above it, as far as that is known; lower case. */
export type GroupTree = ReadonlyMap<string, ReadonlySet<string>>;

/** A scope and what is known to be above it. It is whole once it reaches the tenant's root group, which is called like the tenant. */
export function scopeChain(
  role: Pick<RoleAtScope, 'plane' | 'scopeId'>,
  tree: GroupTree,
  tenantId: string,
): { chain: string[]; isWhole: boolean } {
  const chain = new Set(pathChain(role));
  if (role.plane !== 'azure') return { chain: [...chain], isWhole: true };
  // A set that grows while it is gone through: each place is reached once.
  for (const place of chain) for (const above of tree.get(place) ?? []) chain.add(above);
  return { chain: [...chain], isWhole: chain.has(`${managementGroups}${tenantId.toLowerCase()}`) };
}
