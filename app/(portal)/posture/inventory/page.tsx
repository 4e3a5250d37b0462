import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { InventoryFilters } from '#components/posture/inventory-filters.tsx';
import { InventoryTable } from '#components/posture/inventory-table.tsx';
import { DownloadLinks } from '#components/ui/download-links.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { When } from '#components/ui/when.tsx';
import { inventory } from '#lib/queries/inventory.ts';
import { inventoryQuery, parseInventoryFilter } from '#lib/queries/inventory-filter.ts';
import type { UseKnown } from '#lib/queries/inventory-rows.ts';
import { knownSince } from '#lib/queries/use-coverage.ts';

export const metadata: Metadata = { title: 'Inventory' };

type Query = Record<string, string | string[] | undefined>;

export default async function InventoryPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const kept = inventoryQuery(query);
  const here = kept.size > 0 ? `/posture/inventory?${kept}` : '/posture/inventory';
  const viewer = await viewerAt(here);
  const { cursor } = query;
  const page = await inventory(
    viewer,
    parseInventoryFilter(query),
    typeof cursor === 'string' ? cursor : null,
  );
  const known = await knownSince(viewer);
  if (!page || !known) return notHere(viewer, 'GET /posture/inventory', '');
  const to = (place: string | null) =>
    place ? `/posture/inventory?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3">
        <h1>Inventory</h1>
        <span className="text-faint text-xs">every assignment of the tenant, as last read</span>
        <DownloadLinks from="/api/exports/inventory" query={kept} />
      </div>
      <InventoryFilters key={kept.toString()} query={query} />
      {kept.has('use') && <HowFarBack known={known} />}
      {page.rows.length === 0 ? (
        <Nothing filtered={kept.size > 0} />
      ) : (
        <InventoryTable knownSince={known.since} rows={page.rows} />
      )}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
  );
}

/** What “never” and “not for 90 days” rest on. */
function HowFarBack({ known: { since } }: { known: Pick<UseKnown, 'since'> }) {
  return (
    <p className="mb-3 text-faint text-xs">
      {since ? (
        <>
          Activations are known since <When at={since} />, and nothing about before.
        </>
      ) : (
        'Activations are not known yet.'
      )}{' '}
      <Link className="link" href="/posture/use" prefetch={false}>
        Where this is known from
      </Link>
    </p>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="Nothing matches">
        <p>Clear a filter, or look under Posture for what could not be read.</p>
      </Empty>
    );
  }
  return (
    <Empty title="The tenant has not been read yet">
      <p>See how far the reading is under Posture.</p>
    </Empty>
  );
}
