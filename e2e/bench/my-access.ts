import type { Database } from '#e2e/fixtures/server.ts';
import { latenciesAt, requestsPerSecond } from './load.ts';
import { type Figure, type Measurement, median, type Options, percentile } from './measurement.ts';
import { withReadyPortal } from './ready-portal.ts';
import { cookieOf } from './signed-in.ts';

const connections = 8;
const perSecond = 40;

/** P1: how many a second, and how long at a steady rate, on both databases. */
export const myAccess: Measurement = {
  ids: ['P1'],
  title: 'my access beside a bare page',
  measure: async (options) => [
    ...(await onDatabase('pglite', 'P1', options)),
    ...(await onDatabase('postgres', 'P1 (PostgreSQL)', options)),
  ],
};

function onDatabase(database: Database, id: string, options: Options): Promise<Figure[]> {
  const { repeats, quick, say } = options;
  const seconds = quick ? 1 : 5;
  return withReadyPortal(database, options, async ({ stint, ada }) => {
    const headers = { cookie: await cookieOf(ada.context()), 'accept-encoding': 'gzip' };
    await ada.close();
    const ours = { url: `${stint.origin}/`, headers };
    const bare = { url: `${stint.origin}/bench-bare`, headers };
    for (const asked of [ours, bare]) await requestsPerSecond(asked, connections, quick ? 1 : 10);
    const rates = { ours: [] as number[], bare: [] as number[] };
    const latencies: number[] = [];
    for (let round = 1; round <= repeats; round++) {
      rates.ours.push(await requestsPerSecond(ours, connections, seconds));
      rates.bare.push(await requestsPerSecond(bare, connections, seconds));
      latencies.push(percentile(await latenciesAt(ours, perSecond, seconds), 0.95));
      const [mine, theirs, late] = [rates.ours.at(-1), rates.bare.at(-1), latencies.at(-1)];
      say(`${id} ${round}: ${mine?.toFixed(0)} and ${theirs?.toFixed(0)} req/s, p95 ${late?.toFixed(0)} ms`);
    }
    const [rate, yardstick] = [median(rates.ours), median(rates.bare)];
    const ratio = rate / yardstick;
    const p95 = median(latencies);
    return [
      {
        ...{ id, work: 'my access, 60 rows', beside: 'bare Next page, 60 rows', ours: rate, yardstick },
        ...{ unit: 'req/s', ratio, target: '≥ 0.6', met: ratio >= 0.6 },
      },
      {
        ...{ id, work: `my access at ${perSecond} req/s`, beside: null, ours: p95, yardstick: null },
        ...{ unit: 'ms', ratio: null, target: 'p95 ≤ 150 ms', met: p95 <= 150 },
      },
    ];
  });
}
