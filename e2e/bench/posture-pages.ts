/** P3b: the pages of posture, on a small tenant and on one of 200,000 assignments, asked in turn. */
import { comparePages, type Page } from './compare-pages.ts';
import { startLists } from './lists-stand.ts';
import type { Figure, Measurement, Options } from './measurement.ts';
import { plantedTenant, seedPosture } from './seed-posture.ts';

const small = 1_000;

/** As many rows on each at every size, so that only what lies behind them differs. */
function pagesOf(size: number): Page[] {
  const posture = (name: string, path: string, holds: string): Page => ({
    ...{ name: `posture, ${name}`, who: 'auditor', path: `/posture${path}`, holds },
  });
  const { person, personId, nobody } = plantedTenant;
  // As the “Older” link of the page before writes it; its role is nine tenths down.
  const deep = Buffer.from(`after\nrole 36\na${Math.floor(size / 2)}`).toString('base64url');
  return [
    posture('overview', '', 'Zero'),
    posture('inventory', '/inventory', 'Role 0'),
    posture('inventory, deep', `/inventory?cursor=${deep}`, 'Role 3'),
    posture('inventory, standing', '/inventory?kind=standing', 'Role'),
    posture('inventory, one person', `/inventory?principal=${encodeURIComponent(person)}`, person),
    posture('inventory, nobody', `/inventory?principal=${nobody}`, '<h1'),
    posture('findings', '/findings', 'Found about'),
    posture('findings of a kind', '/findings?kind=oversized_role', 'Found about'),
    posture('use', '/use', '<h1'),
    posture('a principal', `/principals/${personId}`, person),
    posture('roles', '/roles', 'Role 1'),
  ];
}

async function measure({ repeats, quick, say }: Options): Promise<Figure[]> {
  const stand = await startLists([small, quick ? 5_000 : 200_000], say, (client, size) =>
    seedPosture(client, size),
  );
  try {
    const sites = stand.sites.map((site) => ({ ...site, pages: pagesOf(site.size) }));
    const asks = quick ? 5 : 40;
    return await comparePages(sites, { id: 'P3b', what: 'assignments', repeats, asks, say });
  } finally {
    await stand.stop();
  }
}

export const posturePages: Measurement = { ids: ['P3b'], title: 'Posture of a large tenant', measure };
