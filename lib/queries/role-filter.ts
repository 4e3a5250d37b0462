import type { Needed } from '#lib/domain/role-size.ts';
import type { RoleFilter } from './role-explorer.ts';

type Query = Record<string, string | string[] | undefined>;

const longestName = 100;
const longestNeeds = 4_000;
const mostNeeds = 50;

/** The filter in a URL; what cannot be read filters nothing. */
export function parseRoleFilter(query: Query): RoleFilter {
  const text = (name: string, longest: number) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longest) : '';
  };
  const needed = text('needs', longestNeeds)
    .split(/[\s,]+/)
    .filter(Boolean)
    .slice(0, mostNeeds)
    .map((line) => ({ action: line.replace(/^data:/i, ''), data: /^data:/i.test(line) }));
  return { plane: query.plane === 'entra' ? 'entra' : 'azure', name: text('name', longestName), needed };
}

/** The needed actions as the form shows them. */
export function neededIn(needed: readonly Needed[]): string {
  return needed.map(({ action, data }) => (data ? `data:${action}` : action)).join('\n');
}

/** The filter's part of the query, as it was typed. */
export function roleQuery(query: Query): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of ['plane', 'name', 'needs']) {
    const value = query[name];
    if (typeof value === 'string' && value) kept.set(name, value);
  }
  return kept;
}
