import type { Metadata } from 'next';
import Link from 'next/link';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { Live } from '#components/live/live.tsx';
import { requestFacts } from '#components/live/request-facts.ts';
import { RequestList } from '#components/requests/request-list.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { Pager } from '#components/ui/pager.tsx';
import { isLive } from '#lib/domain/request.ts';
import { myRequests } from '#lib/queries/my-requests.ts';

type Query = Record<string, string | string[] | undefined>;

export const metadata: Metadata = { title: 'Requests' };

export default async function RequestsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { cursor } = await searchParams;
  const viewer = await viewerAt('/requests');
  const { rows, next, previous } = await myRequests(viewer, typeof cursor === 'string' ? cursor : null);
  const page = (to: string | null) => (to ? `/requests?cursor=${encodeURIComponent(to)}` : null);
  return (
    <>
      <h1 className="mb-5">Requests</h1>
      {rows.length === 0 ? (
        <Empty title="You have not asked for anything yet">
          <p>
            Each request keeps its story here: what you asked, who decided, when it was on and how it ended.
            Start on{' '}
            <Link className="link" href="/" prefetch={false}>
              Access
            </Link>
            .
          </p>
        </Empty>
      ) : (
        <RequestList rows={rows} />
      )}
      <Pager newer={page(previous)} older={page(next)} />
      <Live facts={requestFacts(rows)} on={rows.some(({ status }) => isLive(status))} />
    </>
  );
}
