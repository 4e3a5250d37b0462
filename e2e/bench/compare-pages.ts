import type { ListStand, Viewers } from './lists-stand.ts';
import { type Figure, median, type Options, percentile } from './measurement.ts';

const target = 1.5;

export interface Page {
  name: string;
  who: keyof Viewers;
  path: string;
  /** Something that only the right answer holds. */
  holds: string;
}

export type SiteWithPages = ListStand['sites'][number] & { pages: Page[] };

interface Compared extends Pick<Options, 'repeats' | 'say'> {
  id: string;
  /** What there is more of on the others. */
  what: string;
  asks: number;
}

/** Asks each page of every site in turn; p95 of each site beside that of the first, which is the small one. */
export async function comparePages(
  sites: readonly SiteWithPages[],
  { id, what, repeats, asks, say }: Compared,
): Promise<Figure[]> {
  const small = sites[0]?.size ?? 0;
  const figures: Figure[] = [];
  for (const index of (sites[0]?.pages ?? []).keys()) {
    const times = new Map(sites.map(({ size }) => [size, [] as number[][]]));
    for (let repeat = -1; repeat < repeats; repeat++) {
      const round = new Map(sites.map(({ size }) => [size, [] as number[]]));
      for (let ask = 0; ask < asks; ask++)
        for (const { size, origin, viewers, pages } of sites) {
          const page = pages[index];
          if (page)
            round.get(size)?.push(await timeOf(`${origin}${page.path}`, viewers[page.who], page.holds));
        }
      // The first round warms both up.
      if (repeat >= 0) for (const [size, one] of round) times.get(size)?.push(one);
    }
    const p95 = (size: number) => median((times.get(size) ?? []).map((one) => percentile(one, 0.95)));
    for (const { size, pages } of sites.slice(1)) {
      const [ours, yardstick] = [p95(size), p95(small)];
      figures.push({
        ...{ id, ours, yardstick, ratio: ours / yardstick, unit: 'ms' },
        work: `${pages[index]?.name}, p95 at ${size.toLocaleString('en')} ${what}`,
        beside: `the same at ${small.toLocaleString('en')}`,
        target: `≤ ${target}`,
        met: ours / yardstick <= target,
      });
    }
    const line = sites.map(({ size }) => `${p95(size).toFixed(1)}`).join(' / ');
    say(`  ${sites[0]?.pages[index]?.name}: p95 ${line} ms`);
  }
  return figures;
}

/** Milliseconds until the whole page is here. @throws Error when it is not the page that was asked for. */
async function timeOf(url: string, cookie: string, holds: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(url, { headers: { cookie }, redirect: 'manual' });
  const text = await answer.text();
  const took = performance.now() - began;
  if (answer.status !== 200 || !text.includes(holds))
    throw new Error(`${url} answered ${answer.status} without “${holds}”: ${text.slice(0, 300)}`);
  return took;
}
