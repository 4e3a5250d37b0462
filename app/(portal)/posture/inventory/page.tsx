import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { InventoryFilters } from '#components/posture/inventory-filters.tsx';
import { InventoryTable } from '#components/posture/inventory-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { inventory } from '#lib/queries/inventory.ts';
import { inventoryQuery, parseInventoryFilter } from '#lib/queries/inventory-filter.ts';

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
  if (!page) return notHere(viewer, 'GET /posture/inventory', '');
  const to = (place: string | null) =>
    place ? `/posture/inventory?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3">
        <h1>Inventory</h1>
        <span className="text-faint text-xs">every assignment of the tenant, as last read</span>
      </div>
      <InventoryFilters key={kept.toString()} query={query} />
      {page.rows.length === 0 ? <Nothing filtered={kept.size > 0} /> : <InventoryTable rows={page.rows} />}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
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
