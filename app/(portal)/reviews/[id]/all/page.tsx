import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { Live } from '#components/live/live.tsx';
import { AllItemsFilters } from '#components/reviews/all-items-filters.tsx';
import { AllItemsTable } from '#components/reviews/all-items-table.tsx';
import { CampaignStatusChip } from '#components/reviews/campaign-status-chip.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { allItems } from '#lib/queries/all-items.ts';
import { itemQuery, parseAllItemsFilter } from '#lib/queries/item-filter.ts';

export const metadata: Metadata = { title: 'All items of a review' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** To be read by those who run or audit reviews; deciding is on the pages of those who are asked. */
export default async function AllItemsPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const kept = itemQuery(query);
  const review = `/reviews/${encodeURIComponent(id)}`;
  const path = `${review}/all`;
  const viewer = await viewerAt(kept.size > 0 ? `${path}?${kept}` : path);
  const filter = parseAllItemsFilter(query);
  const { cursor } = query;
  const items = await allItems(viewer, id, filter, typeof cursor === 'string' ? cursor : null);
  if (!items) return notHere(viewer, 'GET /reviews/[id]/all', id.slice(0, 100));
  const { campaign, page } = items;
  const to = (place: string | null) =>
    place ? `${path}?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <p className="mb-1 text-faint text-xs">
        <Link className="link inline-flex min-h-6 items-center" href={review} prefetch={false}>
          {campaign.name}
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1>All items</h1>
        <CampaignStatusChip status={campaign.status} />
        <p className="basis-full text-soft">
          What is reviewed, who is asked, what they decided, and what became of it. The evidence pack has the
          same as CSV.
        </p>
      </div>
      <Live facts={[]} on={campaign.status === 'open' || campaign.status === 'applying'} />
      <AllItemsFilters action={path} filter={filter} key={kept.toString()} />
      {page.rows.length > 0 ? (
        <AllItemsTable campaignId={campaign.id} rows={page.rows} />
      ) : (
        <Empty title="Nothing matches">
          <p>Nothing is frozen before a review opens. Else: show all, or clear a filter.</p>
        </Empty>
      )}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
  );
}
