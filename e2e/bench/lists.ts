/** P3: the pages that show lists, on a small record and on large ones, asked in turn. */
import { Client } from 'pg';
import { comparePages, type Page } from './compare-pages.ts';
import { startLists } from './lists-stand.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { planted, seedRecord } from './seed-record.ts';

const small = 1_000;

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
  const stand = await startLists(sizes, say, seedRecord);
  try {
    const sites = await Promise.all(
      stand.sites.map(async (site) => ({
        ...site,
        pages: pagesOf(await placesIn(site.databaseUrl, site.size)),
      })),
    );
    return await comparePages(sites, { id: 'P3', what: 'requests', repeats, asks, say });
  } finally {
    await stand.stop();
  }
}

export const lists: Measurement = { ids: ['P3'], title: 'Lists on a large record', measure };
