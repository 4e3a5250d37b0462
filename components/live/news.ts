/** Something whose state is told: its id, and its state as a whole sentence; empty: not worth telling. */
export interface Fact {
  id: string;
  text: string;
}

/** What is new between two readings: changed sentences, and, where newcomers matter, the new ones. */
export function newsOf(before: readonly Fact[], after: readonly Fact[], tellNewcomers: boolean): string[] {
  const known = new Map(before.map(({ id, text }) => [id, text]));
  return after
    .filter(({ id, text }) => text && (known.has(id) ? known.get(id) !== text : tellNewcomers))
    .map(({ text }) => text);
}
