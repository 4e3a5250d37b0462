import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { ApplierState } from '#components/operations/applier-state.tsx';
import { ApplierSwitches } from '#components/operations/applier-switches.tsx';
import { ChangeList } from '#components/operations/change-list.tsx';
import { ChangeViews } from '#components/operations/change-views.tsx';
import { Ago } from '#components/ui/ago.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { Section } from '#components/ui/section.tsx';
import { applier } from '#lib/queries/applier.ts';
import { changeViews } from '#lib/queries/applier-rows.ts';
import { releaseAccessChanges, switchApplierAt, undoAccessChange, withdrawAccessChange } from './actions.ts';

export const metadata: Metadata = { title: 'Applier' };

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ApplierPage({ searchParams }: Props) {
  const { view: wanted, cursor } = await searchParams;
  const view = changeViews.find((known) => known === wanted) ?? 'all';
  const here = view === 'all' ? '/operations/applier' : `/operations/applier?view=${view}`;
  const viewer = await viewerAt(here);
  const page = await applier(viewer, view, typeof cursor === 'string' ? cursor : null);
  if (!page) return notHere(viewer, 'GET /operations/applier', '');
  const { beatAt, changes, isThere, now, switches } = page;
  const to = (place: string | null) =>
    place ? `/operations/applier?${new URLSearchParams({ view, cursor: place })}` : null;
  return (
    <>
      <p className="mb-1 text-sm">
        <Link className="link inline-flex min-h-6 items-center" href="/operations" prefetch={false}>
          Operations
        </Link>
      </p>
      <div className="mb-4 flex flex-wrap items-center gap-x-3">
        <h1>Applier</h1>
        <span className="text-faint text-xs">
          as of <Ago at={now} now={now} />
        </span>
        <Link className="btn btn-small ml-auto" href={here} prefetch={false}>
          Look again
        </Link>
      </div>
      <ApplierState beatAt={beatAt} isThere={isThere} now={now} />
      <ApplierSwitches act={switchApplierAt} rows={switches} />
      <Section title="Changes">
        <ChangeViews view={view} />
        {changes.rows.length === 0 ? (
          <Empty title="Nothing here">
            <p>
              What reviews decide to take away, to make eligible or to give an end is listed here with what
              became of it.
            </p>
          </Empty>
        ) : (
          <ChangeList
            now={now}
            release={releaseAccessChanges}
            rows={changes.rows}
            undo={undoAccessChange}
            withdraw={withdrawAccessChange}
          />
        )}
        <Pager newer={to(changes.previous)} older={to(changes.next)} />
      </Section>
    </>
  );
}
