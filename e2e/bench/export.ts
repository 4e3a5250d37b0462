import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { visit } from '#e2e/attacks/visitor.ts';
import { type Stint, startStint } from '#e2e/fixtures/server.ts';
import { type Figure, type Measurement, median, type Options } from './measurement.ts';
import { rawHistory, seedRequests } from './requests-at-scale.ts';

const metricsToken = 'the-bench-reads-metrics';
const manyRows = 1_000_000;
const fewRows = 20_000;

interface Download {
  bytes: number;
  seconds: number;
  /** Until the first line after the heading began to arrive. */
  firstLineMs: number;
  /** The most that the portal held beyond what it held before. */
  extraMb: number;
  stallMs: number;
}

/** P4: the whole history as CSV over HTTP, beside COPY of the same columns in the database's own form. */
export const exportMeasurement: Measurement = {
  ids: ['P4', 'P4b', 'P4c', 'P4d'],
  title: 'Export of the history',
  async measure(options) {
    const variables = { STINT_METRICS_TOKEN: metricsToken, STINT_RATE_FACTOR: '100' };
    const stint = await startStint({ database: 'postgres', variables });
    const database = new Client({ connectionString: stint.databaseUrl ?? '' });
    try {
      await database.connect();
      return await measured(stint, database, options);
    } finally {
      await database.end();
      await stint.stop();
    }
  },
};

async function measured(stint: Stint, database: Client, { repeats, quick, say }: Options): Promise<Figure[]> {
  const rows = quick ? fewRows : manyRows;
  say(`${rows} requests are put into PostgreSQL`);
  for (const statement of seedRequests) await database.query(statement, [rows]);
  await database.query('vacuum analyze requests, decisions');

  const auditor = await visit(stint.origin, 'auden.hale');
  const { cookies } = await auditor.door.storageState();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const take = () => download(stint, cookie);
  // Once each unmeasured: the first answer of a portal is compiled, the first reading fills the cache.
  await take();
  await copied(database);
  const raw: number[] = [];
  const ours: Download[] = [];
  for (let n = 0; n < repeats; n++) {
    raw.push(rows / (await copied(database)));
    const one = await take();
    ours.push(one);
    const { seconds, bytes, firstLineMs, extraMb, stallMs } = one;
    const [megabytes, perSecond] = [Math.round(bytes / 1e6), Math.round(rows / seconds)];
    say(
      `export ${n + 1}: ${megabytes} MB at ${perSecond} rows/s, raw ${Math.round(raw.at(-1) ?? 0)} rows/s; ` +
        `first line ${Math.round(firstLineMs)} ms, ${Math.round(extraMb)} MB more, stall ${Math.round(stallMs)} ms`,
    );
  }
  await auditor.leave();
  return figures(rows, raw, ours);
}

function figures(rows: number, raw: number[], ours: Download[]): Figure[] {
  const work = `CSV of ${rows} rows over HTTP`;
  const [rate, yardstick] = [median(ours.map(({ seconds }) => rows / seconds)), median(raw)];
  const alone = (id: string, what: string, unit: 'MB' | 'ms', values: number[], most: number): Figure => {
    const value = median(values);
    const figure = {
      id,
      work: `${work}: ${what}`,
      beside: null,
      ours: value,
      yardstick: null,
      unit,
      ratio: null,
    };
    return { ...figure, target: `≤ ${most} ${unit}`, met: value <= most };
  };
  return [
    {
      ...{ id: 'P4', work, beside: 'raw COPY TO STDOUT', ours: rate, yardstick, unit: 'rows/s' },
      ...{ ratio: rate / yardstick, target: '≥ 0.5', met: rate / yardstick >= 0.5 },
    },
    alone(
      'P4b',
      'extra memory',
      'MB',
      ours.map((one) => one.extraMb),
      64,
    ),
    alone(
      'P4c',
      'first line',
      'ms',
      ours.map((one) => one.firstLineMs),
      300,
    ),
    alone(
      'P4d',
      'longest event-loop stall',
      'ms',
      ours.map((one) => one.stallMs),
      50,
    ),
  ];
}

/** Seconds of the yardstick, into nowhere. */
async function copied(database: Client): Promise<number> {
  const began = performance.now();
  for await (const _ of database.query(copyTo(rawHistory)) as AsyncIterable<Buffer>);
  return (performance.now() - began) / 1000;
}

/** Takes the whole export into nowhere, and watches the portal meanwhile. */
async function download(stint: Stint, cookie: string): Promise<Download> {
  const portal = stint.programs().find(({ name }) => name === 'portal');
  const before = residentMb(portal?.pid);
  await longestStallMs(stint.origin);
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, residentMb(portal?.pid));
  }, 20);
  const began = performance.now();
  let bytes = 0;
  let firstLineMs = Number.NaN;
  const agent = new Agent();
  await new Promise<void>((resolve, reject) => {
    get(`${stint.origin}/api/exports/history`, { agent, headers: { cookie } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`The export answered ${answer.statusCode}.`));
      let heading = true;
      answer.on('data', (part: Buffer) => {
        const beyond = heading ? part.indexOf('\r\n') + 2 < part.length && part.includes('\r\n') : true;
        if (Number.isNaN(firstLineMs) && (bytes > 0 || beyond)) firstLineMs = performance.now() - began;
        heading = false;
        bytes += part.length;
      });
      answer.on('end', resolve);
      answer.on('error', reject);
    }).on('error', reject);
  });
  const seconds = (performance.now() - began) / 1000;
  clearInterval(sampling);
  agent.destroy();
  return { bytes, seconds, firstLineMs, extraMb: most - before, stallMs: await longestStallMs(stint.origin) };
}

function residentMb(pid: number | undefined): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Of the portal's event loop since this was last asked, as its metrics tell. */
async function longestStallMs(origin: string): Promise<number> {
  const answer = await fetch(`${origin}/api/metrics`, {
    headers: { authorization: `Bearer ${metricsToken}` },
  });
  const seconds = /^stint_event_loop_longest_stall_seconds (\S+)$/m.exec(await answer.text())?.[1];
  return Number(seconds) * 1000;
}
