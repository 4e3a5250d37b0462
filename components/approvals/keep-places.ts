/** A card in its place; `settled` says what became of it once it does not wait for the viewer any more. */
export interface Placed<Item> {
  item: Item;
  settled: string | null;
}

const gone = 'This does not wait for you any more.';

/**
 * The cards of a page after news: each stays where it is, what was decided elsewhere says so in its place, and what is
 * new comes last, so that nothing moves under the pointer. `isWhole`: nothing waits beyond this page, so what is not on
 * it any more does not wait; else it may only have moved to the next.
 */
export function keepPlaces<Item extends { id: string }>(
  shown: readonly Placed<Item>[],
  fresh: readonly Item[],
  settled: ReadonlyMap<string, string>,
  isWhole: boolean,
): Placed<Item>[] {
  const waits = new Map(fresh.map((item) => [item.id, item]));
  const known = new Set(shown.map(({ item }) => item.id));
  const kept = shown.map(({ item, settled: before }): Placed<Item> => {
    const now = waits.get(item.id);
    if (now) return { item: now, settled: null };
    return { item, settled: settled.get(item.id) ?? before ?? (isWhole ? gone : null) };
  });
  return [...kept, ...fresh.filter(({ id }) => !known.has(id)).map((item) => ({ item, settled: null }))];
}
