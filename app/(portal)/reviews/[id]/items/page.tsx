import type { Metadata } from 'next';
import {
  decideReviewItems,
  handOnReviewItems,
  submitReviewItems,
} from '#app/(portal)/reviews/item-actions.ts';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { itemFacts } from '#components/live/item-facts.ts';
import { Live } from '#components/live/live.tsx';
import { ItemFilters } from '#components/reviews/item-filters.tsx';
import { ItemsDesk } from '#components/reviews/items-desk.tsx';
import { ItemsHead } from '#components/reviews/items-head.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { itemQuery, parseItemFilter } from '#lib/queries/item-filter.ts';
import { myItems } from '#lib/queries/my-items.ts';

export const metadata: Metadata = { title: 'Items to review' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const verbs = { decide: decideReviewItems, submit: submitReviewItems, handOn: handOnReviewItems };

export default async function ItemsPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const kept = itemQuery(query);
  const path = `/reviews/${encodeURIComponent(id)}/items`;
  const viewer = await viewerAt(kept.size > 0 ? `${path}?${kept}` : path);
  const filter = parseItemFilter(query);
  const { cursor } = query;
  const items = await myItems(viewer, id, filter, typeof cursor === 'string' ? cursor : null);
  if (!items) return notHere(viewer, 'GET /reviews/[id]/items', id.slice(0, 100));
  const { page, campaign, progress } = items;
  const to = (place: string | null) =>
    place ? `${path}?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <ItemsHead items={items} />
      <Live facts={itemFacts(page.rows, viewer.name)} on={campaign.isOpen} />
      <div className="flex flex-wrap items-end justify-between gap-x-4">
        <ItemFilters action={path} filter={filter} key={kept.toString()} />
        {campaign.isOpen && (
          <p className="mb-4 hidden text-faint text-xs lg:block">
            <kbd>j</kbd> <kbd>k</kbd> move · <kbd>x</kbd> select · <kbd>a</kbd> to Keep · <kbd>d</kbd> to
            Remove
          </p>
        )}
      </div>
      {page.rows.length > 0 ? (
        <ItemsDesk
          campaignId={campaign.id}
          isOpen={campaign.isOpen}
          key={`${kept} ${cursor}`}
          order={filter.order}
          progress={progress}
          rows={page.rows}
          verbs={verbs}
        />
      ) : (
        <Empty title="Nothing matches">
          <p>Show all, or clear a filter.</p>
        </Empty>
      )}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
  );
}
