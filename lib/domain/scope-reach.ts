import type { ScopeKind } from './assignment.ts';

/** A management group or subscription below a management group; ids in lower case. */
export interface ScopeSeen {
  id: string;
  parentId: string;
  name: string;
  kind: ScopeKind;
}

/** What lies below a scope, at any depth: names, in order. */
export interface Reach {
  subscriptions: string[];
  managementGroups: string[];
}

const mostNamed = 10;

/**
 * What a role given at a management group reaches; null for other scopes, and where what hangs below was not read. Azure's
 * own root, `/`, is above all of it.
 */
export function reachIn(tree: readonly ScopeSeen[]): (scopeId: string) => Reach | null {
  const below = Map.groupBy(tree, ({ parentId }) => parentId);
  const known = new Set(tree.flatMap(({ id, parentId }) => [id, parentId]));
  return (scopeId) => {
    const scope = scopeId.toLowerCase();
    if (scope === '/' ? tree.length === 0 : scope.startsWith('/subscriptions/') || !known.has(scope))
      return null;
    // A set that grows while it is gone through: a place is reached once, whatever Azure may tell.
    const found = new Set(scope === '/' ? tree : below.get(scope));
    for (const { id } of found) for (const one of below.get(id) ?? []) found.add(one);
    const named = (kind: ScopeSeen['kind']) =>
      [...found].flatMap((one) => (one.kind === kind ? [one.name] : [])).toSorted();
    return { subscriptions: named('subscription'), managementGroups: named('management_group') };
  };
}

/** `3 subscriptions: Production, Shared Services, Staging`. */
export function reachWords({ subscriptions, managementGroups }: Reach): string {
  const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  const groups = managementGroups.length > 0 ? [counted(managementGroups.length, 'management group')] : [];
  if (subscriptions.length === 0) return [...groups, 'no subscription'].join(', ');
  const more = subscriptions.length - mostNamed;
  const names = subscriptions.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
  return `${[...groups, counted(subscriptions.length, 'subscription')].join(', ')}: ${names}`;
}
