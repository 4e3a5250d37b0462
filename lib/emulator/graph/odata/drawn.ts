import type { Row } from '#lib/emulator/graph/exchange.ts';

/** Rows of a list, of which a page is cut: an array, or one that is drawn where it is cut. */
export interface Rows {
  readonly length: number;
  slice(from?: number, until?: number): Row[];
}

/** Rows drawn only when they are on the page: a directory has tens of thousands of them. */
export function drawn<Item>(items: readonly Item[], draw: (item: Item) => Row): Rows {
  return { length: items.length, slice: (from, until) => items.slice(from, until).map(draw) };
}
