import { outsideKinds } from '#lib/domain/outside-role.ts';
import type { OutsideFilter } from './outside-rows.ts';

type Query = Record<string, string | string[] | undefined>;

const longestText = 100;
const names = ['kind', 'principal', 'over'];

/** The filter in a URL; what cannot be read filters nothing. */
export function parseOutsideFilter(query: Query): OutsideFilter {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longestText) : '';
  };
  const kind = outsideKinds.find((one) => one === text('kind'));
  const principal = text('principal');
  const over = text('over');
  return { ...(kind && { kind }), ...(principal && { principal }), ...(over && { over }) };
}

/** The filter's part of the query, as it was typed, for links that keep it. */
export function outsideQuery(query: Query): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (typeof value === 'string' && value) kept.set(name, value);
  }
  return kept;
}
