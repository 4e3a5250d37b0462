import { isRow, type Row } from '#lib/emulator/graph/exchange.ts';
import { badRequest } from '#lib/emulator/graph/refusal.ts';
import type { Filter, Value } from './filter.ts';

/** Whether a row passes the filter. Text compares without regard to case. Throws Request_BadRequest for a property the row lacks. */
export function matches(filter: Filter, row: Row): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, row) && matches(filter.right, row);
    case 'or':
      return matches(filter.left, row) || matches(filter.right, row);
    case 'not':
      return !matches(filter.inner, row);
    case 'in':
      return filter.values.some((value) => same(read(row, filter.path), value));
    case 'startswith':
      return folded(read(row, filter.path)).startsWith(folded(filter.value));
    case 'endswith':
      return folded(read(row, filter.path)).endsWith(folded(filter.value));
    case 'contains':
      return folded(read(row, filter.path)).includes(folded(filter.value));
    case 'any': {
      const values = read(row, filter.path);
      if (!Array.isArray(values)) throw badRequest(`'${filter.path}' is not a collection.`);
      return values.some((value) => matches(filter.inner, { [filter.variable]: value }));
    }
    case 'compare':
      return compare(filter.operator, read(row, filter.path), filter.value);
  }
}

/** The `property eq value` conditions that every match must meet: what APIs mean by a required filter. */
export function equalities(filter: Filter | null): Record<string, string> {
  if (filter?.kind === 'and') return { ...equalities(filter.left), ...equalities(filter.right) };
  if (filter?.kind !== 'compare' || filter.operator !== 'eq') return {};
  return { [filter.path]: String(filter.value) };
}

/** Whether Graph would call the query advanced: `ne`, `not`, `endswith` and counts need ConsistencyLevel on directory objects. */
export function isAdvanced(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or')
    return isAdvanced(filter.left) || isAdvanced(filter.right);
  if (filter.kind === 'not' || filter.kind === 'endswith') return true;
  return filter.kind === 'compare' && (filter.operator === 'ne' || filter.path.endsWith('/$count'));
}

/** Whether a filter looks inside a text: few sets of Graph allow it. */
export function looksInside(filter: Filter): boolean {
  if ('left' in filter) return looksInside(filter.left) || looksInside(filter.right);
  return 'inner' in filter ? looksInside(filter.inner) : filter.kind === 'contains';
}

/** Every property path a filter reads. */
export function pathsOf(filter: Filter): string[] {
  if ('left' in filter) return [...pathsOf(filter.left), ...pathsOf(filter.right)];
  return filter.kind === 'not' ? pathsOf(filter.inner) : [filter.path];
}

/** The value at a path like `createdBy/user/id`; a cast such as `scope/microsoft.graph.accessReviewQueryScope` leaves out what is of another type. */
export function read(row: Row, path: string): unknown {
  return path.split('/').reduce<unknown>((value, name) => {
    if (value === null) return null;
    if (name === '$count' && Array.isArray(value)) return value.length;
    if (name.startsWith('microsoft.graph.')) return isOfType(value, name) ? value : null;
    if (typeof value !== 'object' || !(name in value)) {
      throw badRequest(`Could not find a property named '${name}'.`);
    }
    return (value as Row)[name];
  }, row);
}

function isOfType(value: unknown, type: string): boolean {
  return isRow(value) && value['@odata.type'] === `#${type}`;
}

function compare(operator: string, left: unknown, right: Value): boolean {
  if (operator === 'eq') return same(left, right);
  if (operator === 'ne') return !same(left, right);
  if (left === null || right === null) return false;
  const [one, other] = [rank(left), rank(right)];
  if (operator === 'gt') return one > other;
  if (operator === 'ge') return one >= other;
  return operator === 'lt' ? one < other : one <= other;
}

function same(left: unknown, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return folded(left) === folded(right);
  return left === right;
}

const folded = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : '');

/** Moments compare as moments, numbers as numbers. */
const rank = (value: unknown): number => (typeof value === 'number' ? value : Date.parse(String(value)));
