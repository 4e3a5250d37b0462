import type { Metadata } from 'next';
import { viewerAt } from '#app/(portal)/viewer.ts';
import { ApprovalsHead } from '#components/approvals/approvals-head.tsx';
import { MoreLink } from '#components/approvals/more-link.tsx';
import { WatchedTable } from '#components/approvals/watched-table.tsx';
import { Live } from '#components/live/live.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { queueCounts } from '#lib/queries/queue-counts.ts';
import { watched } from '#lib/queries/watched.ts';

export const metadata: Metadata = { title: 'Watched requests' };

const help = 'Requests you follow though you need not decide them.';

type Query = Record<string, string | string[] | undefined>;

export default async function Page({ searchParams }: { searchParams: Promise<Query> }) {
  const { after } = await searchParams;
  const viewer = await viewerAt('/approvals/watching');
  const cursor = typeof after === 'string' ? after : null;
  const [{ rows, more }, { now, ...counts }] = await Promise.all([
    watched(viewer, cursor),
    queueCounts(viewer),
  ]);
  return (
    <>
      <ApprovalsHead counts={counts} help={help} />
      {rows.length === 0 ? (
        <Empty title="You watch nothing">
          <p>
            On a request that you may see, Watch keeps it here and tells you of what becomes of it, though you
            do not decide it.
          </p>
        </Empty>
      ) : (
        <WatchedTable now={now} rows={rows} />
      )}
      <MoreLink isFirst={cursor === null} more={more} path="/approvals/watching" />
      <Live facts={[]} on />
    </>
  );
}
