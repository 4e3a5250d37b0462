import type { Metadata } from 'next';
import Link from 'next/link';
import { notHere, viewerAt } from '#app/(portal)/viewer.ts';
import { EvaluationFilters } from '#components/extension/evaluation-filters.tsx';
import { EvaluationTable } from '#components/extension/evaluation-table.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { evaluations, parseEvaluationFilter } from '#lib/queries/evaluations.ts';
import type { Query } from '#lib/queries/history-filter.ts';

export const metadata: Metadata = { title: 'Evaluations' };

const names = ['person', 'role', 'plane', 'outcome', 'stage'];

/** What Stint answered PIM as its custom extension. */
export default async function EvaluationsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const kept = new URLSearchParams(
    names.flatMap((name) => (typeof query[name] === 'string' && query[name] ? [[name, query[name]]] : [])),
  );
  const viewer = await viewerAt(
    kept.size > 0 ? `/operations/evaluations?${kept}` : '/operations/evaluations',
  );
  const { cursor } = query;
  const page = await evaluations(
    viewer,
    parseEvaluationFilter(query),
    typeof cursor === 'string' ? cursor : null,
  );
  if (!page) return notHere(viewer, 'GET /operations/evaluations', '');
  const to = (place: string | null) =>
    place ? `/operations/evaluations?${new URLSearchParams([...kept, ['cursor', place]])}` : null;
  return (
    <>
      <h1 className="mb-1">Evaluations</h1>
      <p className="mb-4 max-w-prose text-soft text-sm">
        PIM asks Stint about an activation, in whatever client it was made, where a role’s settings say so.
        Each answer stands here by the id that PIM’s own audit log has too. How it is set up is under{' '}
        <Link className="link" href="/settings/extension" prefetch={false}>
          Settings, PIM extension
        </Link>
        .
      </p>
      <EvaluationFilters key={kept.toString()} query={query} />
      {page.rows.length > 0 ? (
        <EvaluationTable rows={page.rows} />
      ) : kept.size > 0 ? (
        <Empty title="Nothing matches">
          <p>Clear a filter.</p>
        </Empty>
      ) : (
        <Empty title="PIM has asked nothing yet">
          <p>
            It asks once the extension is registered and linked to a role, and somebody eligible activates it.
          </p>
        </Empty>
      )}
      <Pager newer={to(page.previous)} older={to(page.next)} />
    </>
  );
}
