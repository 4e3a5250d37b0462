import type { State } from '#lib/emulator/state.ts';

type Scopes = Pick<State, 'managementGroups' | 'subscriptions' | 'resourceGroups' | 'resources'>;

interface Index {
  /** Lists and their lengths when this was read: another list, or a longer one, is another tree. */
  lists: unknown[][];
  counts: number[];
  canonical: Map<string, string>;
  above: Map<string, string[]>;
}

const indexes = new WeakMap<object, Index>();

/** What is known of the tenant's scopes: canonical casing by lower case, and the way up from each one asked for. */
export function scopeIndex(state: Scopes, everyScope: (state: Scopes) => string[]): Index {
  const lists = [state.managementGroups, state.subscriptions, state.resourceGroups, state.resources];
  const before = indexes.get(state.subscriptions);
  const isSame = before?.lists.every((list, position) => {
    return list === lists[position] && list.length === before.counts[position];
  });
  if (before && isSame) return before;
  const index: Index = {
    lists,
    counts: lists.map((list) => list.length),
    canonical: new Map(everyScope(state).map((scope) => [scope.toLowerCase(), scope])),
    above: new Map(),
  };
  indexes.set(state.subscriptions, index);
  return index;
}
