import type { Metadata } from 'next';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { Filters } from '#components/history/filters.tsx';
import { HistoryTable } from '#components/history/history-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { mayReadAllHistory } from '#lib/domain/permission.ts';
import { history } from '#lib/queries/history.ts';
import { filterQuery, parseHistoryFilter, type Query } from '#lib/queries/history-filter.ts';

export const metadata: Metadata = { title: 'History' };

export default async function HistoryPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const kept = filterQuery(query);
  const viewer = await viewerAt(kept.size > 0 ? `/history?${kept}` : '/history');
  const { cursor } = query;
  const everyone = mayReadAllHistory(viewer);
  const { rows, next, previous, searchedTo } = await history(
    viewer,
    parseHistoryFilter(query),
    typeof cursor === 'string' ? cursor : null,
  );
  const page = (to: string | null) =>
    to ? `/history?${new URLSearchParams([...kept, ['cursor', to]])}` : null;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1>History</h1>
        <span className="text-faint text-xs">{everyone ? 'everyone’s' : 'yours'}</span>
        <span className="ml-auto flex flex-wrap gap-2">
          {everyone && (
            <a className="btn btn-small" href="/api/exports/audit">
              Audit record
            </a>
          )}
          <a className="btn btn-small" href={`/api/exports/history?${kept}`}>
            Export CSV
          </a>
          <a
            className="btn btn-small"
            href={`/api/exports/history?${new URLSearchParams([...kept, ['format', 'jsonl']])}`}
          >
            Export JSON lines
          </a>
        </span>
      </div>
      <Filters everyone={everyone} key={kept.toString()} query={query} />
      {rows.length === 0 && !searchedTo && <Nothing filtered={kept.size > 0} />}
      {rows.length > 0 && <HistoryTable everyone={everyone} rows={rows} />}
      {searchedTo && (
        <p className="mt-3 text-soft text-sm">
          {rows.length === 0 ? 'None found yet: searched' : 'Searched'} back to{' '}
          <time dateTime={searchedTo.toISOString()}>{searchedTo.toISOString().slice(0, 10)}</time>. “Older”
          searches on; a full name, or dates, find sooner.
        </p>
      )}
      <Pager newer={page(previous)} older={page(next)} />
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="Nothing matches">
        <p>Widen the dates or clear a filter. Days are counted in UTC.</p>
      </Empty>
    );
  }
  return (
    <Empty title="Nothing has happened yet">
      <p>
        Every request is kept here for good: who asked, why, who decided, how long it was on and how it ended.
      </p>
    </Empty>
  );
}
