import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { FindingFilters } from '#components/posture/finding-filters.tsx';
import { FindingTable } from '#components/posture/finding-table.tsx';
import { DownloadLinks } from '#components/ui/download-links.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { findingHelp } from '#lib/domain/finding-help.ts';
import { findingQuery, parseFindingFilter } from '#lib/queries/finding-filter.ts';
import { findingList } from '#lib/queries/findings.ts';

export const metadata: Metadata = { title: 'Findings' };

type Query = Record<string, string | string[] | undefined>;

export default async function FindingsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const kept = findingQuery(query);
  const viewer = await viewerAt(kept.size > 0 ? `/posture/findings?${kept}` : '/posture/findings');
  const filter = parseFindingFilter(query);
  const { cursor } = query;
  const page = await findingList(viewer, filter, typeof cursor === 'string' ? cursor : null);
  if (!page) return notHere(viewer, 'GET /posture/findings', '');
  const to = (place: string | null) =>
    place ? `/posture/findings?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h1>Findings</h1>
        <span className="text-faint text-xs">the worst first, of one risk the longest open</span>
        <DownloadLinks from="/api/exports/findings" query={kept} />
      </div>
      <FindingFilters key={kept.toString()} query={query} />
      {filter.kind && <p className="mb-4 max-w-prose text-soft">{findingHelp[filter.kind]}</p>}
      {page.rows.length === 0 ? <Nothing filtered={kept.size > 0} /> : <FindingTable rows={page.rows} />}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <Empty title={filtered ? 'Nothing matches' : 'Nothing is open'}>
      <p>
        {filtered
          ? 'Clear a filter, or look at another state.'
          : 'Stint judges the tenant after every reading. What could not be read is under Overview: about that nothing is said.'}
      </p>
    </Empty>
  );
}
