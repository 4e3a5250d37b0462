import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Figure, type Measurement, median, type Options } from './measurement.ts';

const most = 4;

/** P5: opening a review of 100,000 items, with evidence and reviewers, beside one bare INSERT … SELECT of as many. */
export const openReview: Measurement = {
  ids: ['P5', 'P5b'],
  title: 'Opening an access review',
  async measure(options) {
    const server = process.env.STINT_TEST_DATABASE_URL ?? '';
    return [await measured('P5', 'postgres', server, options), await measured('P5b', 'pglite', '', options)];
  },
};

interface Pair {
  bare: number;
  ours: number;
}

async function measured(
  id: string,
  database: string,
  url: string,
  { repeats, quick, say }: Options,
): Promise<Figure> {
  const items = quick ? 2_000 : 100_000;
  const env = { ...process.env, STINT_TEST_DATABASE_URL: url };
  // Once more than is counted: the first of each reads its code and pages for the first time.
  const child = fork('lib/jobs/testing/open-review-child.ts', [`${items}`, `${repeats + 1}`], { env });
  const pairs: Pair[] = [];
  child.on('message', (pair: Pair) => {
    pairs.push(pair);
    say(`  ${database}: ${items} items in ${pair.ours.toFixed(2)} s, bare ${pair.bare.toFixed(2)} s`);
  });
  const [code] = await once(child, 'exit');
  if (code !== 0 || pairs.length <= repeats) throw new Error(`Opening a review on ${database} failed.`);
  const counted = pairs.slice(1);
  const [ours, yardstick] = [median(counted.map((one) => one.ours)), median(counted.map((one) => one.bare))];
  return {
    ...{ id, work: `open a review of ${items} items (${database})`, beside: 'one bare INSERT … SELECT' },
    ...{ ours, yardstick, unit: 's', ratio: ours / yardstick },
    ...{ target: `≤ ${most} ×`, met: ours / yardstick <= most },
  };
}
