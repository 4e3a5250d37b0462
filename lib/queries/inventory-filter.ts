import { holdingKinds } from '#lib/domain/inventory.ts';
import { planes } from '#lib/domain/plane.ts';
import { principalKinds } from '#lib/domain/principal.ts';
import { useFilters } from '#lib/domain/use.ts';
import type { InventoryFilter } from './inventory-rows.ts';

type Query = Record<string, string | string[] | undefined>;

const longestText = 100;
const longestScope = 500;
const names = ['principal', 'role', 'at', 'plane', 'kind', 'principalKind', 'use'];

/** The filter in a URL; what cannot be read filters nothing. */
export function parseInventoryFilter(query: Query): InventoryFilter {
  const text = (name: string, longest = longestText) => {
    const value = query[name];
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, longest) : '';
  };
  const principal = text('principal');
  const role = text('role');
  const at = text('at', longestScope);
  const plane = planes.find((one) => one === text('plane'));
  const kind = holdingKinds.find((one) => one === text('kind'));
  const principalKind = principalKinds.find((one) => one === text('principalKind'));
  const use = useFilters.find((one) => one === text('use'));
  return {
    ...(principal && { principal }),
    ...(role && { role }),
    ...(at && { at }),
    ...(plane && { plane }),
    ...(kind && { kind }),
    ...(principalKind && { principalKind }),
    ...(use && { use }),
  };
}

/** The filter's part of the query, as it was typed, for links that keep it. */
export function inventoryQuery(query: Query): URLSearchParams {
  const kept = new URLSearchParams();
  for (const name of names) {
    const value = query[name];
    if (typeof value === 'string' && value) kept.set(name, value);
  }
  return kept;
}
