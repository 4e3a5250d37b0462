import type { Metadata } from 'next';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { OutsideFilters } from '#components/posture/outside-filters.tsx';
import { OutsideHelp } from '#components/posture/outside-help.tsx';
import { OutsideTable } from '#components/posture/outside-table.tsx';
import { DownloadLinks } from '#components/ui/download-links.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { outsideQuery, parseOutsideFilter } from '#lib/queries/outside-filter.ts';
import { outside } from '#lib/queries/outside-roles.ts';

export const metadata: Metadata = { title: 'Outside roles' };

type Query = Record<string, string | string[] | undefined>;

export default async function OutsideRolesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const kept = outsideQuery(query);
  const viewer = await viewerAt(kept.size > 0 ? `/posture/outside-roles?${kept}` : '/posture/outside-roles');
  const filter = parseOutsideFilter(query);
  const { cursor } = query;
  const page = await outside(viewer, filter, typeof cursor === 'string' ? cursor : null);
  if (!page) return notHere(viewer, 'GET /posture/outside-roles', '');
  const to = (place: string | null) =>
    place ? `/posture/outside-roles?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-3">
        <h1>Outside roles</h1>
        <span className="text-faint text-xs">privilege that no role shows, as last read</span>
        <DownloadLinks from="/api/exports/outside-roles" query={kept} />
      </div>
      <OutsideFilters key={kept.toString()} query={query} />
      <OutsideHelp kind={filter.kind} />
      {page.rows.length > 0 ? (
        <OutsideTable now={page.now} rows={page.rows} />
      ) : (
        <Empty title={kept.size > 0 ? 'Nothing matches' : 'Nothing is known of it yet'}>
          <p>See under Posture how far the reading is, and what could not be read.</p>
        </Empty>
      )}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
  );
}
