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

const mostTold = 3;

/** Few sentences in full; of many the first, and how many more there are: the page shows them all. */
export function inBrief(news: readonly string[]): string {
  const rest = news.length - mostTold;
  if (rest < 2) return news.join('. ');
  return `${news.slice(0, mostTold).join('. ')}. And ${rest} more`;
}
