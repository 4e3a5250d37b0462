/** P3: the pages that show lists, on a small record and on large ones, asked in turn. */
import { Client } from 'pg';
import { startLists, type Viewers } from './lists-stand.ts';
import { type Figure, type Measurement, median, type Options, percentile } from './measurement.ts';
import { planted } from './seed-record.ts';

const small = 1_000;
const target = 1.5;

interface Page {
  name: string;
  who: keyof Viewers;
  path: string;
  /** Something that only the right answer holds. */
  holds: string;
}

/** The same pages at every size: as many rows on each, so that only what lies behind them differs. */
function pagesOf({ deep, story }: Places): Page[] {
  const history = (name: string, query: string, holds = 'aria-label="History"'): Page => ({
    ...{ name: `history, ${name}`, who: 'auditor', holds },
    path: `/history?${query}`,
  });
  return [
    { name: 'approvals, 30 waiting', who: 'approver', path: '/approvals', holds: 'Approve' },
    history('first page', ''),
    history('deep page', `cursor=${deep.cursor}`, deep.shows),
    history('one person', `person=${planted.person}`, `${planted.person} Vale`),
    history('somebody rare', `person=${planted.rarePerson}`, `${planted.rarePerson} Stone`),
    history('nobody', `person=${planted.nobody}`, 'Nothing matches'),
    history('one scope', `role=${planted.scope}`, `${planted.scope} vault`),
    history('no such role', `role=${planted.nobody}`, 'Nothing matches'),
    history('plane', 'plane=entra'),
    history('waiting', 'status=awaiting_approval'),
    history('person, role, status', `person=${planted.person}&role=Owner&status=failed`, '<h1>History'),
    history('dates', `from=${deep.from}&to=${deep.to}`),
    { name: 'own history', who: 'engineer', path: '/history', holds: 'aria-label="History"' },
    { name: 'own requests', who: 'engineer', path: '/requests', holds: '<h1' },
    { name: 'access', who: 'engineer', path: '/', holds: 'Key Vault Administrator' },
    { name: 'a story', who: 'auditor', path: `/requests/${story}`, holds: 'Scheduled work' },
    { name: 'operations', who: 'administrator', path: '/operations', holds: 'Operations' },
    {
      name: 'audit record, the last',
      who: 'auditor',
      path: '/api/exports/audit?action=history.exported',
      holds: '',
    },
  ];
}

interface Places {
  deep: { cursor: string; shows: string; from: string; to: string };
  story: string;
}

/** Where the deep page begins, nine tenths down, and whose story is told. */
async function placesIn(url: string, size: number): Promise<Places> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const at = async (offset: number) => {
    const { rows } = await client.query<{ id: string; filed_at: Date }>(
      'select id, filed_at from requests order by filed_at, id limit 1 offset $1',
      [offset],
    );
    const [row] = rows;
    if (!row) throw new Error(`The record has no row ${offset}.`);
    return row;
  };
  const from = await at(Math.floor(size / 10));
  const next = await at(Math.floor(size / 10) - 1);
  await client.end();
  const day = (moment: Date) => moment.toISOString().slice(0, 10);
  return {
    deep: {
      // As the “Older” link of the page before writes it.
      cursor: Buffer.from(`after|${from.filed_at.toISOString()}|${from.id}`, 'latin1').toString('base64url'),
      shows: next.id,
      from: day(new Date(from.filed_at.getTime() - 90 * 86_400_000)),
      to: day(new Date(from.filed_at.getTime() + 90 * 86_400_000)),
    },
    story: from.id,
  };
}

async function measure({ repeats, quick, say }: Options): Promise<Figure[]> {
  const sizes = quick ? [small, 5_000] : [small, 100_000, 1_000_000];
  const asks = quick ? 5 : 40;
  const stand = await startLists(sizes, say);
  try {
    const sites = await Promise.all(
      stand.sites.map(async (site) => ({
        ...site,
        pages: pagesOf(await placesIn(site.databaseUrl, site.size)),
      })),
    );
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
      for (const { size, pages } of sites.slice(1))
        figures.push(figure(pages[index]?.name ?? '', size, p95(size), p95(small)));
      const line = sites.map(({ size }) => `${p95(size).toFixed(1)}`).join(' / ');
      say(`  ${sites[0]?.pages[index]?.name}: p95 ${line} ms`);
    }
    return figures;
  } finally {
    await stand.stop();
  }
}

function figure(name: string, size: number, ours: number, yardstick: number): Figure {
  const ratio = ours / yardstick;
  return {
    ...{ id: 'P3', ours, yardstick, ratio, unit: 'ms' },
    work: `${name}, p95 at ${size.toLocaleString('en')} requests`,
    beside: `the same at ${small.toLocaleString('en')}`,
    target: `≤ ${target}`,
    met: ratio <= target,
  };
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

export const lists: Measurement = { ids: ['P3'], title: 'Lists on a large record', measure };
